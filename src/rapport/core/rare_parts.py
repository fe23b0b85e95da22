"""Rare parts: the few parts of three letters of a question that are worth asking the trigram index for.

Asked for a long word, the index reads, beside the entries of its rarest part, those of all its other parts: of a name
of fourteen letters a dozen lists, though three tell nearly as much. Asked for each part by itself it leaps from one
list to the next. Which parts are rare shows in a sample of the entries, taken by each process once an hour; whoever
asks still compares the whole words, so that a poor choice costs time and never a result.

The sample tells, too, of words that many entries hold where these lie close together: reading some of the table from
there on finds enough of them long before the index has named all.
"""

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_

from django.db import connection
from django.db.models import BooleanField, Func, Value

from .table_sizes import rough_number

FEWEST_ENTRIES = 200_000  # below, every list is short
SAMPLED = 2_000
MOST_PARTS = 4
MOST_BLOCKS = 2_000  # of 8 kB that are read in a row
_LENGTH = 3
_KEPT_FOR = 3600.0  # seconds
_MOST_KEPT = 10_000  # parts that were looked for
_COMMON = 0.01  # of the sample: what is in so many is as quickly found by asking for all parts at once
_NEIGHBOURS, _DENSE = 5, 0.02  # so many of the sample close together, at least so dense: sooner found by reading on
_RUNS = re.compile(rf"[^\W_]{{{_LENGTH},}}")


@dataclass(frozen=True)
class Sample:
    """The texts of some entries and the `blocks` of the table they lie in, ascending, as of a monotonic moment.

    Without any, nothing is known to be rare or common.
    """

    texts: Sequence[str]
    blocks: Sequence[int]
    taken: float
    _holding: dict[str, int] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many entries it has."""
        return len(self.texts)

    def dense_block(self, words: Iterable[str]) -> int | None:
        """From where on the table holds entries with these words one close after the other; None where it doesn't."""
        parts = [part for word in words for part in parts_of(word)]
        held = self._held(parts) if parts else 0
        places = [place for place in range(self.size) if held >> place & 1]
        spans = [(last - first, first) for first, last in zip(places, places[_NEIGHBOURS - 1 :], strict=False)]
        span, first = min(spans, default=(0, None))
        return None if first is None or span * _DENSE >= _NEIGHBOURS else self.blocks[first]

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
        return self._held(parts).bit_count()

    def _held(self, parts: Sequence[str]) -> int:
        """The entries with all these parts."""
        return reduce(and_, map(self._with, parts), (1 << self.size) - 1)

    def _with(self, part: str) -> int:
        """The entries with this part, one bit for each; looked for once."""
        found = self._holding.get(part)
        if found is None:
            if len(self._holding) >= _MOST_KEPT:
                self._holding.clear()
            found = sum(1 << place for place, text in enumerate(self.texts) if part in text)
            self._holding[part] = found
        return found


_NOTHING = Sample((), (), float("-inf"))
_sample = _NOTHING


def parts_of(text: str) -> list[str]:
    """Each three letters or digits that follow each other in a text, in their order; some may come twice."""
    return [run[at : at + _LENGTH] for run in _RUNS.findall(text) for at in range(len(run) - _LENGTH + 1)]


class InBlocks(Func):
    """The condition that a search entry lies in the table from one place on and before another, each `(block,0)`."""

    template = '"core_searchentry"."ctid" >= %(expressions)s::tid'
    arg_joiner = '::tid AND "core_searchentry"."ctid" < '
    output_field = BooleanField()

    def __init__(self, first: str, end: str) -> None:
        super().__init__(Value(first), Value(end))


def sample() -> Sample:
    """The sample of this process, taken anew when it is an hour old."""
    global _sample  # noqa: PLW0603 - one for all threads; two that take it at once do no harm
    if time.monotonic() - _sample.taken > _KEPT_FOR:
        _sample = _taken()
    return _sample


def _taken() -> Sample:
    number = rough_number("core_searchentry")
    if number < FEWEST_ENTRIES:
        return Sample((), (), time.monotonic())
    share = min(100.0, 100 * SAMPLED / max(number, 1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT ctid::text, text FROM core_searchentry TABLESAMPLE SYSTEM (%s)", [share])
        entries = cursor.fetchall()
    blocks = [int(place.strip("()").partition(",")[0]) for place, _text in entries]
    return Sample([text for _place, text in entries], blocks, time.monotonic())
