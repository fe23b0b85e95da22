"""What changed a period's volume since some days ago: new, grown, shrunk, slipped, lost … from the history."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Q

from rapport.catalog.queries import Rates, current_rates
from rapport.core.actors import Actor
from rapport.core.clock import now
from rapport.core.events import Change, Operation
from rapport.pipeline.models import Opportunity, Status

from .periods import Period
from .standing import in_base, in_period

_FIELDS = ("amount", "currency", "expected_close", "status", "closed_on")


class Step(StrEnum):
    """Why the volume is another one."""

    NEW = "new"
    MOVED_IN = "moved_in"
    GROWN = "grown"
    SHRUNK = "shrunk"
    SLIPPED = "slipped"
    EARLIER = "earlier"
    LOST = "lost"
    PARKED = "parked"


@dataclass(frozen=True)
class Move:
    """One opportunity that changed the volume, by how much in the base currency."""

    opportunity: UUID
    name: str
    step: Step
    difference: Decimal


@dataclass(frozen=True)
class Bridge:
    """From the volume then (won and open) to that of now; `moves` by step, the largest first. `won` is part of both."""

    since: datetime
    before: Decimal
    after: Decimal
    moves: Mapping[Step, tuple[Move, ...]]
    won: Decimal

    def sum_of(self, step: Step) -> Decimal:
        """By how much a step changed the volume."""
        return sum((move.difference for move in self.moves.get(step, ())), Decimal(0))


@dataclass(frozen=True)
class _State:
    """An opportunity at one moment; `exists` is false before it was made."""

    exists: bool
    status: str
    closes: date | None
    closed: date | None
    amount: Decimal


def bridge(actor: Actor, period: Period, *, among: Q, days: int = 7) -> Bridge:
    """What changed in the last days among the opportunities that the actor sees; deleted ones are left out on both
    sides."""
    since, rates = now() - timedelta(days=days), current_rates()
    seen = Opportunity.objects.visible_to(actor).filter(among).order_by()
    rows = {row["pk"]: row for row in _rows(seen.filter(in_period(period) | Q(updated_at__gte=since)))}
    earlier = _earlier_values([key for key, row in rows.items() if row["updated_at"] >= since], since)
    moves: dict[Step, list[Move]] = defaultdict(list)
    before = after = won = Decimal(0)
    for key, row in rows.items():
        then, at_present = _state(_as_it_was(row, earlier.get(key, {}), since), rates), _state(row, rates)
        was, counts = _volume(then, period), _volume(at_present, period)
        before, after = before + was, after + counts
        if at_present.status == Status.WON and then.status != Status.WON:
            won += counts
        if step := _step(then, at_present, was, counts, period):
            moves[step].append(Move(key, row["name"], step, counts - was))
    ordered = {step: tuple(sorted(moves[step], key=_size, reverse=True)) for step in Step if moves[step]}
    return Bridge(since, before, after, ordered, won)


def _rows(found: Any) -> Any:
    return found.values("pk", "name", "updated_at", "opened_on", *_FIELDS)


def _earlier_values(keys: list[UUID], since: datetime) -> dict[UUID, dict[str, Any]]:
    """What fields held at that moment, for those that have changed since: the first value before a later change."""
    changes = Change.objects.filter(record_id__in=keys, event__at__gte=since).order_by("id")
    found: dict[UUID, dict[str, Any]] = defaultdict(dict)
    for key, operation, before in changes.values_list("record_id", "operation", "before"):
        if operation == Operation.CREATE:
            found[key].setdefault("missing", True)
        for name, value in (before or {}).items():
            if name in _FIELDS:
                found[key].setdefault(name, value)
        found[key].setdefault("missing", False)
    return found


def _as_it_was(row: Mapping[str, Any], earlier: Mapping[str, Any], since: datetime) -> dict[str, Any]:
    """One that was brought in since, but had been opened before, stood then as it came."""
    came_later = bool(earlier.get("missing")) and row["opened_on"] >= since.date()
    return {**row, **earlier, "missing": came_later}


def _state(row: Mapping[str, Any], rates: Rates) -> _State:
    amount = row["amount"]
    return _State(
        exists=not row.get("missing", False),
        status=str(row["status"]),
        closes=_day(row["expected_close"]),
        closed=_day(row["closed_on"]),
        amount=in_base(Decimal(str(amount)) if amount is not None else None, row["currency"] or "", rates),
    )


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _volume(state: _State, period: Period) -> Decimal:
    is_open = state.status == Status.OPEN and period.holds(state.closes)
    is_won = state.status == Status.WON and period.holds(state.closed)
    return state.amount if state.exists and (is_open or is_won) else Decimal(0)


def _step(then: _State, at_present: _State, was: Decimal, counts: Decimal, period: Period) -> Step | None:
    if was == counts:
        return None
    if not was:
        return Step.MOVED_IN if then.exists else Step.NEW
    if counts:
        return Step.GROWN if counts > was else Step.SHRUNK
    return _way_out(at_present, period)


def _way_out(at_present: _State, period: Period) -> Step:
    if at_present.status == Status.LOST:
        return Step.LOST
    if at_present.status == Status.PARKED:
        return Step.PARKED
    day = at_present.closed if at_present.status == Status.WON else at_present.closes
    if day is not None and day < period.start:
        return Step.EARLIER
    return Step.SHRUNK if period.holds(day) else Step.SLIPPED


def _size(move: Move) -> Decimal:
    return abs(move.difference)
