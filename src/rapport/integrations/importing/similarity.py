"""When two names are the same, nearly the same, or different."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

NEAR = 0.84
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A known name that looks like an unknown one, and how alike they are (0 to 1)."""

    name: str
    similarity: float


@lru_cache(maxsize=262_144)
def comparable(text: str) -> str:
    """A name without case, accents, spaces and punctuation: "GTX Pro" and "GTXPro" are both "gtxpro".

    A name of nothing but punctuation stays as it is, so that different ones stay different.
    """
    bare = _NOT_ALPHANUMERIC.sub("", without_accents(text))
    return bare or text.strip().casefold()


def without_accents(text: str) -> str:
    """A text in lower case without accents."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in parts if not unicodedata.combining(character))


@lru_cache(maxsize=65_536)
def words(heading: str) -> tuple[str, ...]:
    """The words of a heading: "AccountName", "account_name" and "Account name" are all ("account", "name")."""
    spaced = heading if heading.isupper() else _CAMEL.sub(" ", heading)
    return tuple(_WORD.findall(without_accents(spaced)))


def near_miss(name: str, known: Iterable[str]) -> NearMiss | None:
    """The known name most like this one, if it is alike enough and none other is just as like."""
    wanted = comparable(name)
    if len(wanted) < 4:
        return None
    found = process.extract(
        wanted, list(known), scorer=fuzz.ratio, processor=comparable, score_cutoff=NEAR * 100, limit=2
    )
    if not found or (len(found) > 1 and found[0][1] == found[1][1]):
        return None
    return NearMiss(found[0][0], round(found[0][1] / 100, 3))
