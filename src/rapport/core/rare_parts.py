"""Rare parts: the few parts of three letters of a question that are worth asking the trigram index for.

Asked for a long word, the index reads, beside the entries of its rarest part, those of all its other parts: of a name
of fourteen letters a dozen lists, though three tell nearly as much. Asked for each part by itself it leaps from one
list to the next. Which parts are rare shows in a sample of the entries, taken by each process once an hour; whoever
asks still compares the whole words, so that a poor choice costs time and never a result.
"""

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_

from django.db import connection

FEWEST_ENTRIES = 200_000  # below, every list is short
SAMPLED = 1_000
MOST_PARTS = 4
_LENGTH = 3
_KEPT_FOR = 3600.0  # seconds
_COMMON = 0.01  # of the sample: entries in which a question is so common are found sooner by reading them in a row
_RUNS = re.compile(rf"[^\W_]{{{_LENGTH},}}")


@dataclass(frozen=True)
class Sample:
    """Some entries: by part, in which of them it is, one bit for each. Without any, nothing is known to be rare."""

    size: int
    holding: dict[str, int]
    taken: float

    def rare_parts(self, words: Iterable[str]) -> list[str]:
        """Of the parts of all these words those that together are rarest; none where that would not help."""
        parts = list(dict.fromkeys(part for word in words for part in parts_of(word)))
        if not self.size or len(parts) <= MOST_PARTS or self._count(parts) > _COMMON * self.size:
            return []
        chosen: list[str] = []
        while len(chosen) < MOST_PARTS:
            rest = [place for place, part in enumerate(parts) if part not in chosen]
            chosen.append(parts[min(rest, key=lambda place: self._rank(place, parts, chosen))])
        return chosen

    def _rank(self, place: int, parts: Sequence[str], chosen: Sequence[str]) -> tuple[int, int, int]:
        """How many entries are left with this part, how many hold it at all; and far from those chosen before."""
        nearest = min((abs(place - parts.index(one)) for one in chosen), default=0)
        return self._count([*chosen, parts[place]]), self._count([parts[place]]), -nearest

    def _count(self, parts: Sequence[str]) -> int:
        return reduce(and_, (self.holding.get(part, 0) for part in parts)).bit_count()


_NOTHING = Sample(0, {}, float("-inf"))
_sample = _NOTHING


def parts_of(text: str) -> list[str]:
    """Each three letters or digits that follow each other in a text, in their order; some may come twice."""
    return [run[at : at + _LENGTH] for run in _RUNS.findall(text) for at in range(len(run) - _LENGTH + 1)]


def sample() -> Sample:
    """The sample of this process, taken anew when it is an hour old."""
    global _sample  # noqa: PLW0603 - one for all threads; two that take it at once do no harm
    if time.monotonic() - _sample.taken > _KEPT_FOR:
        _sample = _taken()
    return _sample


def _taken() -> Sample:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'core_searchentry'::regclass")
        entries = cursor.fetchone()[0]
        if entries < FEWEST_ENTRIES:
            return Sample(0, {}, time.monotonic())
        share = min(100.0, 100 * SAMPLED / max(entries, 1))
        cursor.execute("SELECT text FROM core_searchentry TABLESAMPLE SYSTEM (%s)", [share])
        texts = [text for (text,) in cursor.fetchall()]
    holding: dict[str, int] = {}
    for number, text in enumerate(texts):
        for part in set(parts_of(text)):
            holding[part] = holding.get(part, 0) | 1 << number
    return Sample(len(texts), holding, time.monotonic())
