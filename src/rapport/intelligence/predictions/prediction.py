"""What a prediction is: everything about it stands in one file of this package."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.functional import Promise

from ..features.feature import Feature, Group, by_name
from ..features.own import OwnFeature, own_group
from ..features.resting import own_fields_of

if TYPE_CHECKING:
    import pyarrow as pa

Label = str | Promise


@dataclass(frozen=True)
class Rule:
    """A stated rule for when there is too little to learn from: a feature that reaches a border speaks for the answer,
    or against it.
    """

    label: Label
    feature: str
    holds: Callable[[float | str | None], bool]
    speaks_for: bool


def some(value: float | str | None) -> bool:
    """Whether there is any of it."""
    return bool(value)


def at_least(border: float) -> Callable[[float | str | None], bool]:
    """Whether a number is known and reaches the border."""
    return lambda value: isinstance(value, float | int) and value >= border


def at_most(border: float) -> Callable[[float | str | None], bool]:
    """Whether a number is known and does not pass the border."""
    return lambda value: isinstance(value, float | int) and value <= border


@dataclass(frozen=True)
class Minimum:
    """How many past cases must be there before a number is given, and how many of either answer."""

    cases: int = 150
    of_each: int = 30


@dataclass(frozen=True)
class PastCases:
    """Past cases, the oldest first: cases as `Point` takes them, the answers, and when each was known (in days).

    `came_at` tells when a yes came, NaN where none did; it is empty where a yes is only known when the days are over.
    """

    cases: "pa.Table"
    answers: Sequence[bool]
    known_at: Sequence[float]
    came_at: Sequence[float] = ()


@dataclass(frozen=True)
class Prediction:
    """A question about records of one type, asked of each anew whenever something about it changes.

    `column` of the record holds the chance in per cent. `past` gives the cases to learn from as of a day, `present` the
    records the question is asked of, narrowed to ids. `is_good` tells whether yes is what we hope for. `outcome` says
    in words what yes means of many ("were won"), `yes` and `no` what came of one, `baseline` what has to be beaten.
    `own` are the own fields of its records that it looks at besides. `came` gives, for records and the days since
    which `days` run, what came of each when they are over; with it people and machine can be compared in a trial.
    """

    name: str
    record_type: str
    column: str
    label: Label
    question: Label
    horizon: Label
    population: Label
    outcome: Label
    yes: Label
    no: Label
    baseline: Label
    use: Label
    misuse: Label
    is_good: bool
    groups: tuple[Group, ...]
    past: Callable[[float], PastCases]
    present: Callable[[Sequence[str] | None, float], "pa.Table"]
    rules: tuple[Rule, ...]
    minimum: Minimum = Minimum()
    days: int = 90
    came: Callable[[Sequence[UUID], Sequence[date]], Mapping[UUID, bool]] | None = None
    own: tuple[OwnFeature, ...] = ()

    @cached_property
    def features(self) -> Mapping[str, Feature]:
        """The features by name, in their order."""
        return by_name(self.groups)

    @cached_property
    def sql(self) -> str:
        """The statement that works its features out."""
        from ..features.computing import sql_of  # with DuckDB and Ibis

        return sql_of(self.groups)

    @property
    def field(self) -> str:
        """The field of the dictionary that holds the chance, as "opportunity.chance_to_win"."""
        return f"{self.record_type}.{self.column}"

    @property
    def rests_on(self) -> frozenset[str]:
        """The fields that its features tell of, and the own fields that the versions at work learned with."""
        return self._told_of | own_fields_of(self.name)

    @cached_property
    def _told_of(self) -> frozenset[str]:
        return frozenset(field for feature in self.features.values() for field in feature.rests_on)

    def with_own(self, own: Sequence[OwnFeature]) -> "Prediction":
        """The same with these own fields of its records as features."""
        return replace(self, groups=(*self.groups, own_group(own)), own=tuple(own)) if own else self
