"""Web addresses and domains."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

import idna
from django.utils.translation import gettext as _

from .domains import ending_of, has_real_ending, is_registrable, with_real_ending
from .verdict import Context, Verdict, bad, doubtful, good

_MISTYPED_SCHEMES = re.compile(r"^(?:h?tt?ps?|htpps?|hhtps?|htttps?|http?s?s)\s*[:;]?\s*[/\\]{1,3}", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"^(?:mailto|tel|javascript|file|data|ftp|sms|callto|about):", re.IGNORECASE)
_MAILBOX = re.compile(r"[^\s/@:]+@[^\s/@:]+")
_TWICE = re.compile(r"^(https?://)(?:https?:/{0,2})+", re.IGNORECASE)
_SCHEME = re.compile(r"^https?://", re.IGNORECASE)
_PLAIN = re.compile(r"(?:(?!-|xn--)[a-z0-9-]{1,63}(?<!-)\.)+[a-z]{2,63}", re.ASCII)
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


def check_url(value: str, context: Context) -> Verdict:
    """Judge a web address; one without a scheme gets https."""
    if _OTHER_SCHEME.match(value) or _MAILBOX.fullmatch(value):
        return bad(_("It is no web address: write it like https://company.com."), confidence=0.98)
    address, was_tidied = _with_scheme(value)
    parts = _split(address)
    host = parts[1] if parts else ""
    if not host or " " in address:
        return bad(_("It is no web address: write it like https://company.com."), confidence=0.98)
    verdict = _host_verdict(host, context)
    if verdict is not None:
        meant = address.replace(host, verdict.proposal, 1) if verdict.proposal else None
        return replace(verdict, proposal=meant)
    normal = _normal(address, host)
    if was_tidied:
        return bad(_("It is no web address as it stands; this was probably meant."), normal, confidence=0.97)
    return good(value, normal, _("It is well formed and its domain can exist."))


def check_domain(value: str, context: Context) -> Verdict:
    """Judge the name of a host, without scheme and path."""
    host = value.lower().rstrip(".").replace(",", ".")
    verdict = _host_verdict(host, context)
    if verdict is not None:
        return verdict
    if host != value.lower().rstrip("."):
        return bad(_("A comma stands for a point."), host, confidence=0.97)
    return good(value, host, _("Its ending exists."))


def _with_scheme(value: str) -> tuple[str, bool]:
    text = _TWICE.sub(r"\1", value.strip().strip("<>\"'").rstrip(",;"))
    text = text.removeprefix("//")
    if _SCHEME.match(text):
        scheme, host, rest = re.split(r"(?<=://)([^/?#\\]*)", text.replace("\\", "/"), maxsplit=1)
        dotted = re.sub(r"\s*,\s*", ".", host)
        return scheme + dotted + rest, text != value.strip() or dotted != host
    mistyped = _MISTYPED_SCHEMES.match(text)
    mended = text[mistyped.end() :] if mistyped else text
    scheme = "http" if mistyped and "s" not in mistyped[0].lower() else "https"
    host, slash, rest = mended.replace("\\", "/").partition("/")
    dotted = re.sub(r"\s*,\s*", ".", host)
    dotted = re.sub(r"^w{2,4}[.,]+", "www.", dotted) if re.match(r"^w{2,4}[.,]", dotted) else dotted
    return f"{scheme}://{dotted}{slash}{rest}", mended != text or dotted != host or "\\" in text


def _split(address: str) -> tuple[str, str] | None:
    try:
        parts = urlsplit(address)
        assert parts.port != 0  # reading it refuses what is above 65535
        return parts.scheme, parts.hostname or ""
    except ValueError:
        return None


def _host_verdict(host: str, context: Context) -> Verdict | None:
    """What is wrong with the host, None when nothing is."""
    try:
        plain = host if _PLAIN.fullmatch(host) else idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        return bad(_("The name of the host holds characters that no host has."), confidence=0.97)
    if "." not in plain:
        return bad(_("The ending is missing, such as .com."), confidence=0.97)
    if not all(_LABEL.fullmatch(label) for label in plain.split(".")):
        return bad(_("The name of the host is not well formed."), confidence=0.98)
    if not has_real_ending(plain):
        meant = with_real_ending(plain, country=context.country)
        reason = _("There is no top-level domain “.%(ending)s”.") % {"ending": ending_of(plain)}
        return bad(reason, meant, confidence=0.95 if meant else 0.98)
    if not is_registrable(plain):
        return doubtful(_("It is an ending, not a domain: a part is missing."), confidence=0.95)
    return None


def _normal(address: str, host: str) -> str:
    scheme, _sign, rest = address.partition("://")
    if rest.startswith(host):
        return f"{scheme.lower()}://{rest}"
    return f"{scheme.lower()}://{re.sub(re.escape(host), host.lower(), rest, count=1, flags=re.IGNORECASE)}"
