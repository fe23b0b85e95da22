"""What an outlook is: a figure, a date or a choice that is expected of a record; all about it stands in one file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise

Label = str | Promise
Kept = Mapping[str, Any]
"""What a version learned, as JSON can hold it."""


@dataclass(frozen=True)
class Learnt:
    """What was learned as of a day: from how many cases, with how many outcomes; `problem` says why it isn't fit to be
    shown, empty when it is. `figures` are those of the trial by time, `compared` the ways of learning tried.
    """

    cases: int
    outcomes: int = 0
    problem: str = ""
    algorithm: str = ""
    figures: Kept = field(default_factory=dict)
    compared: Sequence[Kept] = ()
    kept: Kept = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """What is said of one record; `shown` are the columns of the record it appears in. See `Expectation`."""

    record_id: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    withheld: str = ""
    detail: Kept = field(default_factory=dict)
    inputs: Sequence[Any] = ()
    shown: Kept = field(default_factory=dict)


def number_or_none(number: float, places: int = 2) -> float | None:
    """A number rounded; nothing for one that isn't any."""
    return None if number != number else round(float(number), places)  # noqa: PLR0124 - only what is no number differs


@dataclass(frozen=True)
class Judged:
    """How two versions are held to what came, where that is known within weeks. All by part, as some tell of several.

    `promised` takes what a version can be held to from what it tells of a record; `came` gives what came of records,
    each foretold on a day, as far as it is known; `lost` is how far a promise was off, less being better.
    """

    promised: Callable[[Told], Kept]
    came: Callable[[Mapping[str, date]], Mapping[str, Kept]]
    lost: Mapping[str, Callable[[Any, Any], float]]
    labels: Mapping[str, Label]
    known: Label


Tell = Callable[[Kept | None, Sequence[str] | None, datetime], Iterable[Told]]
"""What is said of these records, all with None, by what was learned; where that is None, what is said without."""


@dataclass(frozen=True)
class Outlook:
    """Something expected of records of one type.

    `columns` of the record show it in lists, each with its type in SQL. `rests_on` are the fields it tells of: whoever
    may not see one sees nothing of it. One that `waits_for_the_night` isn't told anew after each change. New versions
    of one that is `judged` run in the shadow first; without, their trial on past dates decides. One that `is_stated`
    describes today by a written rule: it goes live wherever there is enough to describe.
    """

    name: str
    record_type: str
    label: Label
    question: Label
    horizon: Label
    population: Label
    minimum: Label
    baseline: Label
    use: Label
    misuse: Label
    rests_on: frozenset[str]
    learn: Callable[[datetime], Learnt]
    tell: Tell
    columns: Mapping[str, str] = field(default_factory=dict)
    waits_for_the_night: bool = False
    is_stated: bool = False
    judged: Judged | None = None

    @property
    def fields(self) -> frozenset[str]:
        """The fields of the dictionary in which it appears."""
        return frozenset(f"{self.record_type}.{column}" for column in self.columns)
