"""What stands for a period: won already, and open opportunities that should close in it, by how sure they are."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Count, DateField, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Coalesce, TruncMonth

from rapport.catalog.queries import Rates, Total, current_rates, total_of
from rapport.core.actors import Actor
from rapport.core.often_asked import often_summed
from rapport.core.record_sets import RecordQuerySet
from rapport.pipeline.models import Opportunity, Status

from .periods import Period

Rows = RecordQuerySet[Opportunity]

SURE, LIKELY = 70, 40
"""From which probability in per cent on an open opportunity counts as commit, and as best case."""

RESTS_ON = frozenset(f"opportunity.{name}" for name in ("amount", "currency", "expected_close", "probability"))


class Kind(StrEnum):
    """How sure the volume is."""

    WON = "won"
    COMMIT = "commit"
    BEST_CASE = "best_case"
    PIPELINE = "pipeline"


@dataclass(frozen=True)
class Part:
    """One kind: how many opportunities, and how much in the base currency."""

    count: int
    total: Total


@dataclass(frozen=True)
class Standing:
    """All kinds of a period; `weighted`: what is won, and what is open times its probability."""

    period: Period
    parts: dict[Kind, Part]
    weighted: Total


def standings(actor: Actor, periods: Sequence[Period], *, among: Q) -> list[Standing]:
    """What stands for each period among the opportunities that the actor sees, with one statement."""
    rates, groups = current_rates(), [_Group(*row) for row in _groups(actor, tuple(periods), among)]
    return [_standing(period, [one for one in groups if period.holds(one.month)], rates) for period in periods]


@dataclass(frozen=True)
class _Group:
    """What was won in a month (its first day), or should close in it, with one probability in one currency."""

    stands: str
    currency: str
    chance: int
    month: date
    count: int
    sum: Decimal | None


def _standing(period: Period, groups: Sequence[_Group], rates: Rates) -> Standing:
    amounts: dict[Kind, list[tuple[str, Decimal]]] = defaultdict(list)
    counts: dict[Kind, int] = defaultdict(int)
    weighted: list[tuple[str, Decimal]] = []
    for one in groups:
        kind = _kind(one)
        counts[kind] += one.count
        if one.sum is not None:
            amounts[kind].append((one.currency, one.sum))
            weighted.append((one.currency, one.sum * one.chance / 100))
    parts = {kind: Part(counts[kind], total_of(amounts[kind], rates)) for kind in Kind}
    return Standing(period, parts, total_of(weighted, rates))


def in_period(period: Period) -> Q:
    """The condition for what counts in a period."""
    is_open = Q(status=Status.OPEN, expected_close__range=(period.start, period.end))
    return is_open | Q(status=Status.WON, closed_on__range=(period.start, period.end))


def in_base(amount: Decimal | None, currency: str, rates: Rates) -> Decimal:
    """The amount in the base currency; nothing where it or its rate is unknown."""
    return (rates.in_base(amount, currency) if amount is not None else None) or Decimal(0)


@often_summed("{}")
def _groups(actor: Actor, periods: tuple[Period, ...], among: Q) -> QuerySet[Opportunity, tuple[Any, ...]]:
    """By month; open and won ones, and each way to see them, apart, so that indexes alone answer."""
    days = (min(one.start for one in periods), max(one.end for one in periods))
    first, *others = [
        rows
        for part in Opportunity.objects.filter(among).visible_parts(actor)
        for rows in (_won(part, days, periods), _open(part, days, periods))
    ]
    return first.union(*others, all=True)


def _won(rows: Rows, days: tuple[date, date], periods: Sequence[Period]) -> QuerySet[Opportunity, tuple[Any, ...]]:
    found = rows.filter(status=Status.WON, closed_on__range=days)
    return _grouped(found, stands=Value(Status.WON), chance=Value(100), month=_month("closed_on", periods))


def _open(rows: Rows, days: tuple[date, date], periods: Sequence[Period]) -> QuerySet[Opportunity, tuple[Any, ...]]:
    found = rows.filter(status=Status.OPEN, expected_close__range=days)
    chance = Coalesce("probability", "stage__probability", 0)
    return _grouped(found, stands=Value(Status.OPEN), chance=chance, month=_month("expected_close", periods))


def _month(column: str, periods: Sequence[Period]) -> Any:
    """Its first day; where one period alone is asked for, that of the period, which costs nothing."""
    if len(periods) == 1:
        return Value(periods[0].start, output_field=DateField())
    return Cast(TruncMonth(column), DateField())


def _grouped(rows: Rows, **told: Any) -> QuerySet[Opportunity, tuple[Any, ...]]:
    told_of: Any = rows.order_by()
    by = told_of.annotate(**told).values_list("stands", "currency", "chance", "month")
    grouped: QuerySet[Opportunity, tuple[Any, ...]] = by.annotate(count=Count("*"), sum=Sum("amount"))
    return grouped


def _kind(group: _Group) -> Kind:
    if group.stands == Status.WON:
        return Kind.WON
    if group.chance >= SURE:
        return Kind.COMMIT
    return Kind.BEST_CASE if group.chance >= LIKELY else Kind.PIPELINE
