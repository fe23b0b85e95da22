"""The team's day: its pipeline by stage, what moved this week, who has what to do."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from rapport.activities.models import IS_OPEN, Task
from rapport.catalog.queries import Rates, Total, current_rates, total_of
from rapport.core.actors import Actor
from rapport.core.clock import today
from rapport.identity.models import User
from rapport.pipeline.models import Opportunity, Pipeline, Status
from rapport.pipeline.queries import Board, board


@dataclass(frozen=True)
class Movement:
    """What happened this week in one way: how many, and how much."""

    label: str
    icon: str
    count: int
    total: Total | None
    href: str


@dataclass(frozen=True)
class Load:
    """The open tasks of one person."""

    name: str
    user_id: UUID
    open: int
    late: int
    opportunities: int


def of_team(actor: Actor, path: str = "team_id") -> Q:
    """The condition for what belongs to the actor's teams; everything for who sees everything without a team."""
    if actor.sees_everything and not actor.team_ids:
        return Q()
    return Q(**{f"{path}__in": list(actor.team_ids)})


def pipeline_of(actor: Actor) -> Board | None:
    """The team's pipeline by stage; None where there is no pipeline."""
    first = Pipeline.objects.visible_to(actor).order_by("-is_default", "position", "id").first()
    return board(actor, first, among=of_team(actor), cards=1) if first else None


def movements_of(actor: Actor) -> list[Movement]:
    """What came, was won and was lost since Monday."""
    monday = today() - timedelta(days=today().weekday())
    rows: Any = Opportunity.objects.visible_to(actor).filter(of_team(actor)).order_by()
    rates = current_rates() if "opportunity.amount" not in actor.hidden_fields else None
    return [
        _movement(rows, rates, Q(opened_on__gte=monday), (_("New"), "plus", _list("opened_on", monday, ""))),
        _movement(rows, rates, _closed(Status.WON, monday), (_("Won"), "trophy", _list("closed_on", monday, "won"))),
        _movement(
            rows, rates, _closed(Status.LOST, monday), (_("Lost"), "circle-x", _list("closed_on", monday, "lost"))
        ),
    ]


def _closed(status: Status, since: date) -> Q:
    return Q(status=status, closed_on__gte=since)


def _list(field: str, since: date, status: str) -> str:
    chosen = f"f=status:is:{status}&" if status else ""
    return f"/opportunities/?{chosen}f={field}:between:{since.isoformat()}|today&f=team:is:my_team&sort=-{field}"


def _movement(rows: Any, rates: Rates | None, condition: Q, words: tuple[str, str, str]) -> Movement:
    found = list(rows.filter(condition).values_list("currency").annotate(Count("pk"), Sum("amount")))
    amounts = [(code, amount) for code, _count, amount in found if amount is not None]
    label, icon, href = words
    total = total_of(amounts, rates) if rates else None
    return Movement(label, icon, sum(count for _code, count, _amount in found), total, href)


def loads_of(actor: Actor) -> list[Load]:
    """Each person of the team with their open and late tasks and open opportunities, the busiest first."""
    people = User.objects.visible_to(actor).filter(of_team(actor), is_active=True).order_by("name")[:100]
    late = Q(due_on__lt=today())
    counted: Any = Task.objects.visible_to(actor).filter(IS_OPEN).order_by().values_list("owner_id")
    tasks = {
        key: (count, behind) for key, count, behind in counted.annotate(open=Count("pk"), late=Count("pk", filter=late))
    }
    selling: Any = Opportunity.objects.visible_to(actor).filter(status=Status.OPEN).order_by().values_list("owner_id")
    deals = dict(selling.annotate(Count("pk")))
    loads = [Load(one.name, one.pk, *tasks.get(one.pk, (0, 0)), deals.get(one.pk, 0)) for one in people]
    return sorted(loads, key=lambda load: (-load.late, -load.open, load.name))
