"""What can be tried: higher layers register their yes/no predictions here."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from rapport.core.problems import Problem

Label = str | Promise


@dataclass(frozen=True)
class Foreseen:
    """What the machine says of a record at this moment: from 0 to 1, or nothing and why, with what it rests on.

    `is_hidden` is a number that nobody may see, whatever a trial says: the record was drawn to be decided without one.
    """

    chance: float | None
    estimator: str
    inputs: Sequence[Any] = ()
    why_not: str = ""
    is_hidden: bool = False


@dataclass(frozen=True)
class Asked:
    """A record, and the day since which the horizon runs."""

    record_id: UUID
    on: date


@dataclass(frozen=True)
class Trialled:
    """A yes/no prediction as a trial needs it.

    `field` holds the machine's chance ("opportunity.chance_to_win"). `open_among` narrows ids, or all with None, to the
    records of which the question can be asked now. `outcomes` gives, once the horizon is over, yes or no for each that
    has an answer. `foresee` works the chance of a record out at this moment, `said` tells what stands there by now.
    `decided_without` are those of the given records that were drawn to be decided without a number, trial or not.
    `progress` names the columns of the record whose change is a step forward, for effects on progress. `known_before`
    are the fields of the record ("opportunity.source") that are known while the question is open.
    """

    name: str
    record_type: str
    field: str
    label: Label
    question: Label
    yes: Label
    no: Label
    horizon_days: int
    open_among: Callable[[Sequence[UUID] | None], set[UUID]]
    outcomes: Callable[[Sequence[Asked]], Mapping[UUID, bool]]
    foresee: Callable[[UUID], Foreseen]
    said: Callable[[Sequence[UUID]], Mapping[UUID, Foreseen]]
    decided_without: Callable[[Collection[UUID]], set[UUID]]
    progress: frozenset[str] = frozenset()
    known_before: frozenset[str] = frozenset()


_TRIALLED: dict[str, Trialled] = {}


def register_trialled(one: Trialled) -> None:
    """Let a prediction be tried; called when Django is ready."""
    _TRIALLED[one.name] = one


def all_trialled() -> Mapping[str, Trialled]:
    """All that can be tried, by name."""
    return _TRIALLED


def trialled(name: str) -> Trialled:
    """The one of this name; raises `Problem` when there is none."""
    found = _TRIALLED.get(name)
    if found is None:
        raise Problem(_("Nothing of this name can be tried."))
    return found
