"""What stands for a period: won already, and open opportunities that should close in it, by how sure they are."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Case, Count, DateField, F, Q, Sum, When
from django.db.models.functions import Coalesce, TruncMonth

from rapport.catalog.queries import Rates, Total, current_rates, total_of
from rapport.core.actors import Actor
from rapport.pipeline.models import Opportunity, Status

from .periods import Period

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
    rates, groups = current_rates(), list(_groups(actor, periods, among))
    return [_standing(period, [row for row in groups if period.holds(row["month"])], rates) for period in periods]


def _standing(period: Period, groups: Sequence[dict[str, Any]], rates: Rates) -> Standing:
    amounts: dict[Kind, list[tuple[str, Decimal]]] = defaultdict(list)
    counts: dict[Kind, int] = defaultdict(int)
    weighted: list[tuple[str, Decimal]] = []
    for row in groups:
        kind = _kind(row["status"], row["chance"])
        counts[kind] += row["count"]
        if row["sum"] is not None:
            amounts[kind].append((row["currency"], row["sum"]))
            chance = 100 if kind is Kind.WON else row["chance"]
            weighted.append((row["currency"], row["sum"] * chance / 100))
    parts = {kind: Part(counts[kind], total_of(amounts[kind], rates)) for kind in Kind}
    return Standing(period, parts, total_of(weighted, rates))


def in_period(period: Period) -> Q:
    """The condition for what counts in a period."""
    is_open = Q(status=Status.OPEN, expected_close__range=(period.start, period.end))
    return is_open | Q(status=Status.WON, closed_on__range=(period.start, period.end))


def in_base(amount: Decimal | None, currency: str, rates: Rates) -> Decimal:
    """The amount in the base currency; nothing where it or its rate is unknown."""
    return (rates.in_base(amount, currency) if amount is not None else None) or Decimal(0)


def _groups(actor: Actor, periods: Sequence[Period], among: Q) -> Any:
    """By month: the first day of the month in which it was won, or should close."""
    whole = Period("", min(one.start for one in periods), max(one.end for one in periods))
    rows = Opportunity.objects.visible_to(actor).filter(among).filter(in_period(whole)).order_by()
    day = Case(When(status=Status.WON, then=F("closed_on")), default=F("expected_close"))
    chance = Coalesce("probability", "stage__probability", 0)
    grouped = rows.values("status", "currency", chance=chance, month=TruncMonth(day, output_field=DateField()))
    return grouped.annotate(count=Count("pk"), sum=Sum("amount"))


def _kind(status: str, chance: int) -> Kind:
    if status == Status.WON:
        return Kind.WON
    if chance >= SURE:
        return Kind.COMMIT
    return Kind.BEST_CASE if chance >= LIKELY else Kind.PIPELINE
