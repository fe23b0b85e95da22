"""E-mail addresses: syntax, a real top-level domain, slips in well-known names, throw-away and role addresses."""

import re
import unicodedata

from django.utils.translation import gettext as _
from email_validator import EmailNotValidError, validate_email

from .domains import has_real_ending, is_disposable, is_registrable, meant_provider, with_real_ending
from .verdict import Context, Verdict, bad, doubtful, good
from .words import words

ROLES = words("role_addresses")
_PLAIN = re.compile(
    r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.ASCII
)
_BARE_PROVIDERS = frozenset({"gmail", "hotmail", "outlook", "icloud"})
_LONGEST_LOCAL, _LONGEST = 64, 254
_BRACKETED = re.compile(r"<([^<>]+)>")
_SPELT_OUT = (
    (re.compile(r"\s*[\[({]\s*(?:at|arroba|arobase)\s*[\])}]\s*", re.IGNORECASE), "@"),
    (re.compile(r"\s+(?:at|arroba|arobase)\s+", re.IGNORECASE), "@"),
    (re.compile(r"\s*[\[({]\s*(?:dot|ponto|point)\s*[\])}]\s*", re.IGNORECASE), "."),
    (re.compile(r"(?<=@)(.*?)\s+(?:dot|ponto|point)\s+", re.IGNORECASE), r"\1."),
)


def check_email(value: str, context: Context) -> Verdict:
    """Judge an address; proposes what one slip explains."""
    address = value if _is_plain(value) else _normal(_tidied(value))
    if address is None:
        return bad(_("It is no e-mail address: write it like name@company.com."), confidence=0.99, code="malformed")
    if not _is_cosmetic(value, address):
        return bad(
            _("It is no e-mail address as it stands; this was probably meant."),
            address,
            confidence=0.97,
            code="malformed",
        )
    local, _at, host = address.rpartition("@")
    return (
        _misspelt(local, host, context)
        or _untrustworthy(local, host)
        or good(value, address, _("The address is well formed and its domain can exist."))
    )


def _is_plain(value: str) -> bool:
    """Whether it is written as nearly all are: small Latin letters after the sign, nothing to tidy."""
    usual = len(value) <= _LONGEST and value.find("@") <= _LONGEST_LOCAL and _PLAIN.fullmatch(value)
    return bool(usual) and "@www." not in value


def _misspelt(local: str, host: str, context: Context) -> Verdict | None:
    provider = meant_provider(host)
    if provider:
        grade = doubtful if has_real_ending(host) else bad
        return grade(
            _("%(host)s looks like a slip of %(provider)s.") % {"host": host, "provider": provider},
            f"{local}@{provider}",
            confidence=0.98,
            code="misspelt",
        )
    if has_real_ending(host):
        return None
    ending = host.rpartition(".")[2]
    meant = with_real_ending(host, country=context.country)
    proposal = f"{local}@{meant_provider(meant) or meant}" if meant else None
    return bad(
        _("There is no top-level domain “.%(ending)s”.") % {"ending": ending},
        proposal,
        confidence=0.97 if proposal else 0.99,
        code="misspelt",
    )


def _untrustworthy(local: str, host: str) -> Verdict | None:
    if not is_registrable(host):
        return doubtful(
            _("“%(host)s” is an ending, not a domain: a part is missing.") % {"host": host},
            confidence=0.95,
            code="malformed",
        )
    if is_disposable(host):
        return doubtful(
            _("%(host)s gives out addresses to be thrown away.") % {"host": host}, confidence=0.97, code="disposable"
        )
    if local.lower() in ROLES:
        return doubtful(_("It reaches a function, not a person."), confidence=0.9, code="function")
    return None


def _tidied(value: str) -> str:
    """The address itself, out of what people paste around it."""
    text = unicodedata.normalize("NFKC", value)
    inside = _BRACKETED.search(text)
    text = (inside[1] if inside else text).strip().removeprefix("mailto:").strip("<>()[]\"' ,;:.")
    for pattern, sign in _SPELT_OUT:
        text = pattern.sub(sign, text)
    if text.count("@") == 2 and "@@" in text:
        text = text.replace("@@", "@")
    local, _at, host = text.rpartition("@")
    return _local(local) + "@" + _host(host) if local and host else _without_sign(text)


def _local(text: str) -> str:
    return re.sub(r"\.{2,}", ".", re.sub(r"\s+", "", text)).strip(".")


def _host(text: str) -> str:
    host = re.sub(r"\s+", "", text).replace(",", ".").replace(";", ".").rstrip("./\\>").lower()
    host = re.sub(r"\.{2,}", ".", host).strip(".").removeprefix("www.")
    if "." in host:
        return host
    return f"{host}.com" if host in _BARE_PROVIDERS else meant_provider(host) or host


def _without_sign(text: str) -> str:
    """`anngmail.com`: where it ends in a provider, the sign is missing before it."""
    for provider in ("gmail.com", "hotmail.com", "outlook.com", "yahoo.com", "icloud.com"):
        if text.endswith(provider) and len(text) > len(provider) + 2:
            return f"{text.removesuffix(provider).rstrip('.')}@{provider}"
    return text


def _normal(text: str) -> str | None:
    try:
        found = validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    return found.normalized if "." in found.domain else None


def _is_cosmetic(value: str, address: str) -> bool:
    """Whether only case, a name before the address or brackets around it were taken away."""
    bare = _BRACKETED.search(value)
    text = (bare[1] if bare else value).strip().removeprefix("mailto:").strip("<> ")
    return text.casefold() == address.casefold()
