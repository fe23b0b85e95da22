"""What people themselves expect: one's own beside what came, and sums over at least three people of a team."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Subquery

from rapport.catalog.queries import Total, current_rates, total_of
from rapport.core.actors import Actor
from rapport.core.clock import today
from rapport.core.often_asked import often_asked
from rapport.pipeline.models import Opportunity, Status

from ..models import OwnEstimate
from .periods import Period, period_named

FEWEST_PEOPLE = 3


@dataclass(frozen=True)
class TeamEstimate:
    """What the people of teams expect together: of how many, and the sum; None where it would tell of one or two."""

    people: int
    total: Total | None


@dataclass(frozen=True)
class Compared:
    """One's own newest estimate given before a period began, and what came."""

    period: Period
    amount: Decimal
    came: Decimal


def own_estimate(actor: Actor, period: Period) -> OwnEstimate | None:
    """One's newest estimate for a period."""
    return OwnEstimate.objects.visible_to(actor).filter(period=period.key).order_by("-at", "-id").first()


def estimate_of_teams(teams: Sequence[UUID] | None, period: Period) -> TeamEstimate:
    """The newest estimate of each person of these teams (None: of all), added up."""
    given = _newest_of(None if teams is None else tuple(teams), period=period.key)
    enough = len(given) >= FEWEST_PEOPLE
    return TeamEstimate(len(given), total_of(given, current_rates()) if enough else None)


@often_asked
def _newest_of(teams: tuple[UUID, ...] | None, *, period: str) -> "QuerySet[OwnEstimate, tuple[str, Decimal]]":
    of_period = OwnEstimate._base_manager.filter(period=period)
    if teams is not None:
        of_period = of_period.filter(user__team__in=teams)
    newest = of_period.order_by("user_id", "-at", "-id").distinct("user_id").values("pk")
    return OwnEstimate._base_manager.filter(pk__in=Subquery(newest)).values_list("currency", "amount")


def own_accuracy(actor: Actor) -> list[Compared]:
    """The periods that are over and for which one gave an estimate before they began, the newest first."""
    given = OwnEstimate.objects.visible_to(actor).order_by("at", "id")
    first: dict[str, OwnEstimate] = {}
    for one in given:
        period = period_named(one.period)
        if period and period.end < today() and one.at.date() <= period.start:
            first[one.period] = one
    found = [(period_named(key), one) for key, one in first.items()]
    compared = [Compared(period, one.amount, _came(actor, period)) for period, one in found if period]
    return sorted(compared, key=lambda one: one.period.start, reverse=True)


def _came(actor: Actor, period: Period) -> Decimal:
    won = Opportunity.objects.visible_to(actor).filter(
        Q(owner=actor.user_id), status=Status.WON, closed_on__range=(period.start, period.end), amount__isnull=False
    )
    amounts: Any = won.values_list("currency", "amount")
    return total_of(amounts, current_rates()).amount
