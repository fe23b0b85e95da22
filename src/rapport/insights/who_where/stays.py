"""Stays of opportunities in stages that ended in the last year: how many, how many were lost there, how many slow."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import (
    Aggregate,
    Case,
    Count,
    DecimalField,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Expression

from rapport.catalog.queries import Rates, current_rates
from rapport.core.actors import Actor
from rapport.core.clock import now, today
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
    def is_everything(self) -> bool:
        """Whether there is no condition at all."""
        return not self.among and (self.actor is None or not Opportunity.restricts(self.actor))

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


def tallies(scope: Scope, bounds: Limits) -> Mapping[Mix, Tally]:
    """Of all opportunities of the scope, by mix; one statement."""
    return _tallies(scope, bounds, [""])[0].get(None, {})


def tallies_by(scope: Scope, bounds: Limits, *columns: str) -> list[Tallies]:
    """For each of these columns of opportunities: by its values, then by mix; one statement for all."""
    return _tallies(scope, bounds, columns)


_SUMMED = """
WITH bought AS (SELECT organisation_id, min(ordered_on) AS first_on FROM orders_order GROUP BY organisation_id),
mixed AS (
    SELECT stays.*, coalesce(bought.first_on < opened_on, FALSE) AS is_customer
    FROM ({stays}) AS stays(stage, third, organisation, opened_on, lost, slow, {columns})
    LEFT JOIN bought ON bought.organisation_id = stays.organisation
)
SELECT {place}, coalesce({units}), stage, third, is_customer, count(*), sum(lost), sum(slow)
FROM mixed GROUP BY GROUPING SETS ({sets})
"""


def _tallies(scope: Scope, bounds: Limits, columns: Sequence[str]) -> list[Tallies]:
    found: list[dict[Any, dict[Mix, Tally]]] = [defaultdict(dict) for _column in columns]
    for place, unit, stage, third, is_customer, stays, lost, slow in _rows(_stays(scope, bounds, columns), columns):
        found[place][unit][Mix(stage, third, is_customer)] = Tally(stays, lost, slow)
    return list(found)


def _rows(stays: QuerySet[Any, Any], columns: Sequence[str]) -> list[Any]:
    """Counted by each column apart; `place` is the number of the column."""
    names = [f"unit_{place}" for place, _column in enumerate(columns)]
    try:
        sql, given = stays.query.sql_with_params()
    except EmptyResultSet:  # the actor sees none
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            _SUMMED.format(
                place="CASE "
                + " ".join(f"WHEN GROUPING({one}) = 0 THEN {at}" for at, one in enumerate(names))
                + " END",
                units=", ".join(f"{one}::text" for one in names),
                stays=sql,
                columns=", ".join(names),
                sets=", ".join(f"({one}, stage, third, is_customer)" for one in names),
            ),
            given,
        )
        return list(cursor.fetchall())


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


def slow_visits(scope: Scope, bounds: Limits, *, until: datetime) -> QuerySet[StageVisit]:
    """The stays that count as slow at a moment, with `lasted` and the `allowed` time of their stage."""
    allowed = [When(stage_id=stage, then=Value(bound)) for stage, bound in bounds.slow.items()]
    rows = _left(scope, until).annotate(was_slow=_is_slow(bounds)).filter(was_slow=1, left_at__lte=until)
    return rows.annotate(allowed=Case(*allowed, output_field=DurationField()))


def _since() -> Any:
    return today() - timedelta(days=DAYS)


def _left(scope: Scope, until: datetime | None = None) -> QuerySet[StageVisit]:
    lasted = ExpressionWrapper(F("left_at") - F("entered_at"), output_field=DurationField())
    since = (until or now()) - timedelta(days=DAYS)
    visits = StageVisit._base_manager.filter(left_at__gte=since, stage__kind=StageKind.SELLING)
    visits = visits.annotate(lasted=lasted)
    if scope.is_everything:
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


def _stays(scope: Scope, bounds: Limits, columns: Sequence[str]) -> QuerySet[Any, Any]:
    """One row a stay: its mix, whether it was lost or slow, and the columns."""
    left = _left(scope).annotate(was_lost=Value(0), was_slow=_is_slow(bounds))
    lost = _lost(scope).annotate(was_lost=Value(1), was_slow=Value(0))
    mixed: QuerySet[Any, Any] = _mixed(left, bounds, prefix="opportunity__", by=columns)
    return mixed.union(_mixed(lost, bounds, prefix="", by=columns), all=True)


def _mixed(rows: Any, bounds: Limits, *, prefix: str, by: Sequence[str]) -> Any:
    rows = rows.annotate(in_base=_in_base(bounds.rates, prefix))
    steps = [When(in_base__lte=bound, then=Value(place)) for place, bound in enumerate(bounds.thirds, start=1)]
    third = Case(When(in_base__isnull=True, then=Value(0)), *steps, default=Value(len(bounds.thirds) + 1))
    units = {
        f"unit_{place}": F(f"{prefix}{column}") if column else Value(None, output_field=TextField())
        for place, column in enumerate(by)
    }
    told = [f"{prefix}organisation_id", f"{prefix}opened_on", "was_lost", "was_slow"]
    return rows.annotate(third=third, **units).values_list("stage_id", "third", *told, *units)
