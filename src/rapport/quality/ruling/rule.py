"""The kinds of rules."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q
from django.db.models.expressions import Combinable
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import Severity
from .examples import Example

Label = str | Promise
Values = Mapping[str, Any]

__all__ = ["Asked", "Checked", "Dimension", "Found", "Judge", "Judged", "Rule", "Severity"]


class Dimension(StrEnum):
    """In which way a value can be wrong."""

    COMPLETENESS = "completeness"
    FORMAT = "format"
    PLAUSIBILITY = "plausibility"
    CONSISTENCY = "consistency"
    UNIQUENESS = "uniqueness"
    FRESHNESS = "freshness"
    REFERENCE = "reference"

    @property
    def label(self) -> str:
        """The dimension in words."""
        return str(_DIMENSIONS[self])


_DIMENSIONS: dict[Dimension, Label] = {
    Dimension.COMPLETENESS: _("completeness"),
    Dimension.FORMAT: _("format"),
    Dimension.PLAUSIBILITY: _("plausibility"),
    Dimension.CONSISTENCY: _("consistency"),
    Dimension.UNIQUENESS: _("uniqueness"),
    Dimension.FRESHNESS: _("freshness"),
    Dimension.REFERENCE: _("links"),
}


@dataclass(frozen=True)
class Found:
    """Something wrong in one field; `proposal` is what the field should hold instead, where that can be told."""

    field: str
    proposal: Any = None
    confidence: float | None = None


Judge = Callable[[Values], Iterable[Found]]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What all rules say of themselves.

    `minutes` is the work of putting one finding right; `needs` are fields besides the one blamed that somebody must be
    allowed to see to be told of a finding.
    """

    label: Label
    meaning: Label
    dimension: Dimension
    severity: Severity = Severity.MEDIUM
    steward: Label = _("Sales operations")
    minutes: int = 5
    needs: tuple[str, ...] = ()
    bad: tuple[Example, ...] = ()
    good: tuple[Example, ...] = ()

    def targets(self) -> Mapping[str, tuple[str, ...]]:
        """The record types it looks at, with the fields that it may blame."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Asked(Rule):
    """A condition for the database: records that meet it are findings, and `field` is to blame.

    `children` are types whose records change what is found, by their field that names the record; `parents` are the
    record's own links whose change does. `is_own_table` says that the condition compares records of the type among
    themselves, so that it says nothing of rows not stored yet. `fix` makes the proposal from the record's values.
    """

    record_type: str
    where: Callable[[], Q | Combinable]
    field: str = ""
    children: Mapping[str, str] = dataclasses.field(default_factory=dict)
    parents: tuple[str, ...] = ()
    is_own_table: bool = False
    fix: Callable[[Values], Any] | None = None
    confidence: float = 0.9

    def targets(self) -> Mapping[str, tuple[str, ...]]:
        """The one type."""
        return {self.record_type: (self.field,)}


@dataclass(frozen=True, kw_only=True)
class Judged(Rule):
    """A judgement of the values of one row, given by column.

    `is_told_on_import` rules speak up in the dry run of an import, before there is a record.
    """

    record_type: str = ""
    fields: tuple[str, ...] = ()
    judge: Judge | None = None
    is_told_on_import: bool = False

    def targets(self) -> Mapping[str, tuple[str, ...]]:
        """The one type."""
        return {self.record_type: self.fields}

    def prepared(self, record_type: str) -> Judge:
        """The judge of rows of this type, who has looked up beforehand what is the same for all of them."""
        del record_type
        assert self.judge is not None, "a judged rule has a judge, or prepares one"
        return self.judge

    def columns(self, record_type: str) -> frozenset[str] | None:
        """The columns of rows of this type that its judge reads; None where it may read any."""
        del record_type
        return None


@dataclass(frozen=True, kw_only=True)
class Checked(Judged):
    """A check of `quality.checking`, for every field whose values are of these kinds, own fields included.

    `codes` are the verdicts that are findings of this rule; without any, all that are not good. `types` narrows it to
    some record types.
    """

    kind: str
    domains: tuple[str, ...]
    codes: frozenset[str] = frozenset()
    types: tuple[str, ...] = ()
    is_told_on_import: bool = True

    def targets(self) -> Mapping[str, tuple[str, ...]]:
        """Every described field of these kinds, of types that people work with."""
        from .checked import fields_of  # the dictionary is read when it is complete

        return fields_of(self)

    def prepared(self, record_type: str) -> Judge:
        """Checks each field."""
        from .checked import judge_of

        return judge_of(self, record_type)

    def columns(self, record_type: str) -> frozenset[str]:
        """Its fields, and the country by which they are read."""
        return frozenset(("country", *self.targets().get(record_type, ())))
