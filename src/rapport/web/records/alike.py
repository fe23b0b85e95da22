"""Records that may be the same as one just being typed: a hint, never a refusal."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.http import QueryDict
from rapidfuzz import fuzz

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.core.search import normalise, search
from rapport.web.places import record_address

SHOWN = 3
_DIGITS = re.compile(r"\D+")
_TELLING_DIGITS = 9
_SAME_NAME = 88.0
_PUBLIC_DOMAINS = frozenset(
    {"gmail.com", "outlook.com", "hotmail.com", "yahoo.com", "icloud.com", "orange.fr", "sapo.pt"}
)


@dataclass(frozen=True)
class LookAlike:
    """A record that may be the same."""

    title: str
    href: str


def alike(model: type[Record], typed: QueryDict, actor: Actor) -> list[LookAlike]:
    """The visible records of a type that look like what was typed, at most three; asks at most four questions."""
    found: dict[str, LookAlike] = {}
    name = _name(typed)
    for asked, least in _questions(name, typed):
        for hit in search(actor, asked, types=[model.record_type], limit=SHOWN):
            if least and fuzz.token_sort_ratio(normalise(hit.title), normalise(asked)) < least:
                continue
            href = record_address(model.record_type, hit.record_id)
            found.setdefault(href, LookAlike(hit.title, href))
    return list(found.values())[:SHOWN]


def _name(typed: Mapping[str, Any]) -> str:
    """The name as it will stand: one field, or a person's first and last name."""
    parts = [typed.get(part) or "" for part in ("first_name", "last_name")]
    return " ".join(str(typed.get("name") or " ".join(parts)).replace("\x00", "").split())[:120]


def _questions(name: str, typed: QueryDict) -> Iterator[tuple[str, float]]:
    """What to search for, and how alike the title must be (0: found by something that tells enough)."""
    if len(name) > 2:
        yield name, _SAME_NAME
    emails = [value.strip().replace("\x00", "") for value in typed.getlist("emails__value") if "@" in value]
    if emails:
        yield emails[0][:200], 0
    digits = [_DIGITS.sub("", number)[-_TELLING_DIGITS:] for number in typed.getlist("phones__value")]
    if telling := [number for number in digits if len(number) == _TELLING_DIGITS]:
        yield telling[0], 0
    domain = _domain(typed.get("website") or "")
    if domain and domain not in _PUBLIC_DOMAINS:
        yield domain, 0


def _domain(address: str) -> str:
    text = address.replace("\x00", "").strip()[:300]
    try:
        host = urlsplit(text if "://" in text else f"https://{text}").hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.") if "." in host else ""
