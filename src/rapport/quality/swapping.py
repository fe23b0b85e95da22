"""First and last name in each other's place: what tells it.

Either the e-mail address reads `first.last` the other way round, or the first name is a family name and the last name a
given name: by lists of frequent names, and by what most of our own people are called, which counts more. A name that
can be both, such as Martin or Simon, tells nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from time import monotonic

from rapport.core.search_entries import normalise
from rapport.directory.models import Person

from .checking.words import words

BY_ADDRESS, BY_NAMES = 0.93, 0.9
_LOOKED_AT = 20_000
_REMEMBERED_FOR = 600.0  # seconds
_FEWEST, _TIMES = 3, 9
_WORDS = re.compile(r"[^\W\d_]+")


@dataclass
class OwnNames:
    """How often each word is a first and a last name among the newest of our own people."""

    given: Counter[str] = field(default_factory=Counter)
    family: Counter[str] = field(default_factory=Counter)
    read_at: float = float("-inf")

    def refresh(self) -> "OwnNames":
        """Read again what has been read long ago."""
        if monotonic() - self.read_at > _REMEMBERED_FOR:
            rows = Person._base_manager.order_by("-created_at").values_list("first_name", "last_name")[:_LOOKED_AT]
            names = list(rows)
            self.given = Counter(word for first, _last in names for word in name_words(first)[:1])
            self.family = Counter(word for _first, last in names for word in name_words(last)[-1:])
            self.read_at = monotonic()
        return self

    def is_given(self, word: str) -> bool:
        """Whether the word is a first name and hardly ever a last one."""
        return _is(self.given[word], self.family[word], is_listed=word in words("given_names"))

    def is_family(self, word: str) -> bool:
        """Whether the word is a last name and hardly ever a first one."""
        return _is(self.family[word], self.given[word], is_listed=word in words("family_names"))


OWN_NAMES = OwnNames()


def _is(so: int, otherwise: int, *, is_listed: bool) -> bool:
    """What our own people tell, where enough of them do; else the list."""
    if so + otherwise >= _FEWEST:
        return so >= _FEWEST and so >= _TIMES * otherwise
    return is_listed and not otherwise


def name_words(name: str | None) -> list[str]:
    """The words of a name in small letters without accents; `Jean-Luc` is two."""
    return _WORDS.findall(normalise(name or ""))


def swapped(first: str, last: str, addresses: Iterable[str] = ()) -> float:
    """How sure it is that the two names stand in each other's place; 0 where nothing tells it."""
    given, family = name_words(first), name_words(last)
    if not given or not family or given == family:
        return 0.0
    ways = _ways(given, family, addresses)
    if ways:
        return BY_ADDRESS if ways == {"swapped"} else 0.0
    own = OWN_NAMES.refresh()
    is_swapped = own.is_family(given[-1]) and own.is_given(family[0])
    return BY_NAMES if is_swapped and not own.is_given(given[0]) and not own.is_family(family[-1]) else 0.0


def _ways(given: list[str], family: list[str], addresses: Iterable[str]) -> set[str]:
    """Which way round the addresses have the names, as far as they have both in full."""
    one, other = "".join(given), "".join(family)
    found = set()
    for address in addresses:
        local = re.sub(r"[_-]", ".", address.partition("@")[0].lower())
        if local == f"{one}.{other}":
            found.add("right")
        elif local == f"{other}.{one}":
            found.add("swapped")
    return found
