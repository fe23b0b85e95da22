"""Names of hosts: which top-level domains exist, which mail providers people use, and slips in either."""

from functools import cache, lru_cache

from disposable_email_domains import blocklist
from publicsuffixlist import PublicSuffixList

from .typing import slips_of
from .words import words

PROVIDERS = words("mail_providers")
_SHORTEST_NAME = 5  # a slip in "aol" or "gmx" makes another real name too easily
_REMEMBERED = 50_000
_LONGEST_SLIP = 4  # letters more or fewer than meant
_FOR_EXAMPLES = "example"
_COMMON_ENDINGS = ("com", "net", "org", "fr", "pt", "de", "eu", "es", "it", "be", "ch", "nl", "uk", "io", "info", "biz")
_MISTYPED_ENDINGS = {
    "con": "com",
    "cmo": "com",
    "ocm": "com",
    "comm": "com",
    "vom": "com",
    "xom": "com",
    "coom": "com",
    "cpm": "com",
    "c0m": "com",
    "ent": "net",
    "nett": "net",
    "ner": "net",
    "rog": "org",
    "ogr": "org",
    "orgg": "org",
    "infp": "info",
    "ifno": "info",
}


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False, only_icann=True)


def ending_of(host: str) -> str:
    """What follows the last dot, in ASCII."""
    return host.rpartition(".")[2]


@lru_cache(maxsize=_REMEMBERED)
def has_real_ending(host: str) -> bool:
    """Whether the top-level domain exists, by the Public Suffix List, or is kept for examples (RFC 2606)."""
    return ending_of(host) == _FOR_EXAMPLES or _suffixes().publicsuffix(host) is not None


@lru_cache(maxsize=_REMEMBERED)
def is_registrable(host: str) -> bool:
    """Whether there is a name before the public suffix: `example.co.uk` is, `co.uk` is not."""
    if ending_of(host) == _FOR_EXAMPLES:
        return host.count(".") > 0
    return _suffixes().privatesuffix(host) is not None


@lru_cache(maxsize=_REMEMBERED)
def is_disposable(host: str) -> bool:
    """Whether mailboxes there are made to be thrown away."""
    return host in blocklist or (_suffixes().privatesuffix(host) or "") in blocklist


@lru_cache(maxsize=_REMEMBERED)
def meant_provider(host: str) -> str | None:
    """The one mail provider that `host` is a slip of."""
    if host in PROVIDERS:
        return None
    found = {provider for provider in _beginning_with(host[:1]) if _is_slip_of(host, provider)}
    return found.pop() if len(found) == 1 else None


@cache
def _beginning_with(letter: str) -> tuple[str, ...]:
    """The providers of one first letter: a slip in that is not considered (see `typing`)."""
    return tuple(provider for provider in PROVIDERS if provider.startswith(letter))


def _is_slip_of(host: str, provider: str) -> bool:
    name, ending = provider.split(".", 1)
    typed, _dot, typed_ending = host.partition(".")
    if typed == name:
        return _is_mistyped(typed_ending, ending)
    if len(name) < _SHORTEST_NAME or abs(len(host) - len(provider)) > _LONGEST_SLIP:
        return False
    if typed_ending == ending or _is_mistyped(typed_ending, ending):
        return bool(slips_of(typed, [name]))
    return host.replace(".", "") == provider.replace(".", "")  # the dot in the wrong place, or none


def _is_mistyped(typed: str, meant: str) -> bool:
    return _MISTYPED_ENDINGS.get(typed) == meant or (typed in ("co", "cm", "om", "cim", "c") and meant == "com")


def with_real_ending(host: str, *, country: str = "") -> str | None:
    """The host with the ending that was probably meant; None where that can't be told."""
    name, _dot, ending = host.rpartition(".")
    meant = _MISTYPED_ENDINGS.get(ending)
    if meant is None and len(ending) > 1:
        near = slips_of(ending, (*_COMMON_ENDINGS, _FOR_EXAMPLES, *([country.lower()] if country else [])))
        meant = near[0] if len(set(near)) == 1 else None
    return f"{name}.{meant}" if name and meant else None
