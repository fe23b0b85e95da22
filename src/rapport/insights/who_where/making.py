"""Who makes the most orders, opportunities and appointments: by team, and for oneself beside what is usual."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.activities.models import Meeting
from rapport.activities.models.meeting import MeetingStatus
from rapport.core.clock import today
from rapport.orders.models import Order
from rapport.orders.models.order import OrderStatus
from rapport.pipeline.models import Opportunity

DAYS = 90
FEWEST_PEOPLE, FEWEST_PEERS = 3, 5
"""Figures of a team are told from so many people on; what is usual among people, from so many others on."""

RESTS_ON = frozenset({"order.ordered_on", "order.status", "order.owner", "opportunity.opened_on", "meeting.at"})


@dataclass(frozen=True)
class Thing:
    """What is counted."""

    key: str
    label: str | Promise
    list_query: str


THINGS = (
    Thing("order", _("Orders"), "f=ordered_on:after:{before}&f=status:not:draft|cancelled"),
    Thing("opportunity", _("New opportunities"), "f=opened_on:after:{before}"),
    Thing("meeting", _("Appointments"), "f=at:between:{since}|{today}&f=status:not:cancelled"),
)


@dataclass(frozen=True)
class OfTeam:
    """What a team made; None where it would tell of one or two people."""

    team: UUID
    people: int
    counts: tuple[int | None, ...]

    def each(self, place: int) -> float | None:
        """How many for each of its people."""
        count = self.counts[place]
        return None if count is None or not self.people else count / self.people


@dataclass(frozen=True)
class Own:
    """What one made oneself, and what half of the others who made any make at least; None for too few others."""

    counts: tuple[int, ...]
    usual: tuple[float | None, ...]


def of_teams(teams: Sequence[UUID], people: dict[UUID, int]) -> list[OfTeam]:
    """What teams of at least three people made in the last ninety days, the most for each of their people first."""
    columns = [_of_teams(thing, teams) for thing in THINGS]
    found = [
        OfTeam(team, people.get(team, 0), tuple(column.get(team, 0) for column in columns))
        for team in teams
        if people.get(team, 0) >= FEWEST_PEOPLE
    ]
    return sorted(found, key=lambda one: -(one.each(0) or 0))


def made_by_owner() -> tuple[dict[UUID, int], ...]:
    """What each person made of each thing in the last ninety days."""
    return tuple(_by_owner(thing) for thing in THINGS)


def own_among(made: Sequence[Mapping[UUID, int]], user_id: UUID) -> Own:
    """One's own figures, beside the usual ones as numbers only."""
    return Own(
        tuple(column.get(user_id, 0) for column in made),
        tuple(_usual([count for owner, count in column.items() if owner != user_id]) for column in made),
    )


def made_since() -> Any:
    """The first day that counts."""
    return today() - timedelta(days=DAYS)


def _rows(thing: Thing) -> QuerySet[Any]:
    if thing.key == "order":
        bought = Order._base_manager.exclude(status__in=(OrderStatus.DRAFT, OrderStatus.CANCELLED))
        return bought.filter(ordered_on__gte=made_since()).order_by()
    if thing.key == "opportunity":
        return Opportunity._base_manager.filter(opened_on__gte=made_since()).order_by()
    held = Meeting._base_manager.exclude(status=MeetingStatus.CANCELLED)
    return held.filter(at__gte=_midnight(made_since()), at__lt=_midnight(today() + timedelta(days=1))).order_by()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _of_teams(thing: Thing, teams: Sequence[UUID]) -> dict[UUID, int | None]:
    rows = _rows(thing).filter(team__in=teams).values("team_id")
    counted = rows.annotate(count=Count("pk"), people=Count("owner", distinct=True))
    return {row["team_id"]: row["count"] if row["people"] >= FEWEST_PEOPLE else None for row in counted}


def _by_owner(thing: Thing) -> dict[UUID, int]:
    rows = _rows(thing).filter(~Q(owner=None)).values("owner_id").annotate(count=Count("pk"))
    return dict(rows.values_list("owner_id", "count"))


def _usual(others: Sequence[int]) -> float | None:
    return float(median(others)) if len(others) >= FEWEST_PEERS else None
