"""Stays of opportunities in stages that ended in the last year: how many, how many were lost there, how many slow."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import (
    Aggregate,
    BooleanField,
    Case,
    Count,
    DecimalField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Expression

from rapport.catalog.queries import Rates, current_rates
from rapport.core.actors import Actor
from rapport.core.clock import now, today
from rapport.orders.models import Order
from rapport.pipeline.models import Opportunity, StageKind, StageVisit, Status

DAYS = 365

RESTS_ON = frozenset(
    f"opportunity.{name}"
    for name in ("stage", "status", "closed_on", "amount", "currency", "owner", "team", "organisation", "opened_on")
)


@dataclass(frozen=True)
class Mix:
    """What makes stays alike: the stage, which third of all amounts (0 where none is known), an earlier customer."""

    stage: UUID
    third: int
    is_customer: bool


@dataclass(frozen=True)
class Tally:
    """Stays, those lost in the stage, and those that lasted longer than three of four."""

    stays: int = 0
    lost: int = 0
    slow: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(self.stays + other.stays, self.lost + other.lost, self.slow + other.slow)


Tallies = Mapping[Any, Mapping[Mix, Tally]]


@dataclass(frozen=True)
class Scope:
    """Which opportunities: all, as numbers only; or those that an actor sees, or that fulfil a condition."""

    actor: Actor | None = None
    among: Q = Q()

    @property
    def opportunities(self) -> QuerySet[Opportunity]:
        """The opportunities."""
        seen = Opportunity.objects.visible_to(self.actor) if self.actor else Opportunity._base_manager.all()
        return seen.filter(self.among).order_by()


@dataclass(frozen=True)
class Limits:
    """What the whole company tells of sizes and times: two bounds between thirds, and the slow quarter by stage."""

    thirds: tuple[Decimal, ...]
    slow: Mapping[UUID, timedelta]
    rates: Rates


def limits() -> Limits:
    """From all opportunities of the last year."""
    every, rates = Scope(), current_rates()
    ended = every.opportunities.filter(closed_on__gte=_since(), amount__isnull=False)
    found = ended.aggregate(low=_Share(_in_base(rates), share=1 / 3), high=_Share(_in_base(rates), share=2 / 3))
    bounds = tuple(bound for bound in (found["low"], found["high"]) if bound is not None)
    lasted = _left(every).values("stage_id").annotate(slow=_Share("lasted", share=3 / 4))
    return Limits(bounds, dict(lasted.values_list("stage_id", "slow")), rates)


def tallies(scope: Scope, bounds: Limits, *, by: str = "") -> Tallies:
    """By the values of a column of opportunities (all under None without one), then by mix."""
    found: dict[Any, dict[Mix, Tally]] = defaultdict(lambda: defaultdict(Tally))
    slow = Count("pk", filter=Q(is_slow=1))
    left = _mixed(_left(scope).annotate(is_slow=_is_slow(bounds)), bounds, prefix="opportunity__", by=by)
    for row in left.annotate(stays=Count("pk"), slow=slow):
        found[row["unit"]][_mix(row)] += Tally(row["stays"], 0, row["slow"])
    for row in _mixed(_lost(scope), bounds, prefix="", by=by).annotate(stays=Count("pk")):
        found[row["unit"]][_mix(row)] += Tally(row["stays"], row["stays"], 0)
    return found


def added_up(by_unit: Tallies) -> Mapping[Mix, Tally]:
    """The tallies of all units together."""
    found: dict[Mix, Tally] = defaultdict(Tally)
    for cells in by_unit.values():
        for mix, tally in cells.items():
            found[mix] += tally
    return found


def people_by_team(scope: Scope) -> dict[UUID, int]:
    """Of how many people each team has opportunities that ended in the last year or are open."""
    recent = scope.opportunities.filter(Q(closed_on__gte=_since()) | Q(status=Status.OPEN), team__isnull=False)
    return dict(
        recent.values("team_id").annotate(people=Count("owner", distinct=True)).values_list("team_id", "people")
    )


def people_by_stage(scope: Scope) -> dict[tuple[UUID, UUID], int]:
    """Of how many people each team has stays in each stage."""
    left = (
        _left(scope)
        .values_list("opportunity__team_id", "stage_id")
        .annotate(Count("opportunity__owner", distinct=True))
    )
    lost = _lost(scope).values_list("team_id", "stage_id").annotate(Count("owner", distinct=True))
    found: dict[tuple[UUID, UUID], int] = {}
    for team, stage, people in (*left, *lost):
        found[team, stage] = max(people, found.get((team, stage), 0))
    return found


def _since() -> Any:
    return today() - timedelta(days=DAYS)


def _left(scope: Scope) -> QuerySet[StageVisit]:
    lasted = ExpressionWrapper(F("left_at") - F("entered_at"), output_field=DurationField())
    visits = StageVisit._base_manager.filter(left_at__gte=now() - timedelta(days=DAYS), stage__kind=StageKind.SELLING)
    visits = visits.annotate(lasted=lasted)
    if scope.actor is None and not scope.among:
        return visits.order_by()
    return visits.filter(opportunity__in=scope.opportunities).order_by()


def _lost(scope: Scope) -> QuerySet[Opportunity]:
    ended = scope.opportunities.filter(status=Status.LOST, closed_on__gte=_since())
    return ended.filter(stage__kind=StageKind.SELLING)


def _is_slow(bounds: Limits) -> Expression:
    slow = [When(stage_id=stage, lasted__gt=bound, then=Value(1)) for stage, bound in bounds.slow.items()]
    return Case(*slow, default=Value(0))


class _Share(Aggregate):
    """The value that a share of all don't pass."""

    function = "PERCENTILE_DISC"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"


def _in_base(rates: Rates, prefix: str = "") -> Expression:
    """The amount in the base currency; without a rate, as it stands."""
    known = [
        When(**{f"{prefix}currency": code}, then=F(f"{prefix}amount") * Value(rate))
        for code, rate in rates.by_code.items()
    ]
    return Case(*known, default=F(f"{prefix}amount"), output_field=DecimalField(max_digits=24, decimal_places=8))


def _mixed(rows: Any, bounds: Limits, *, prefix: str, by: str) -> Any:
    amount = _in_base(bounds.rates, prefix)
    rows = rows.annotate(in_base=amount)
    steps = [When(in_base__lte=bound, then=Value(place)) for place, bound in enumerate(bounds.thirds, start=1)]
    third = Case(When(in_base__isnull=True, then=Value(0)), *steps, default=Value(len(bounds.thirds) + 1))
    before = Order._base_manager.filter(
        organisation=OuterRef(f"{prefix}organisation"), ordered_on__lt=OuterRef(f"{prefix}opened_on")
    )
    unit = F(f"{prefix}{by}") if by else Value(None, output_field=BooleanField())
    return rows.annotate(third=third, is_customer=Exists(before), unit=unit).values(
        "unit", "stage_id", "third", "is_customer"
    )


def _mix(row: Mapping[str, Any]) -> Mix:
    return Mix(row["stage_id"], row["third"], row["is_customer"])
