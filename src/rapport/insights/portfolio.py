"""The portfolio in figures: customers by place and by service model, and the accounts of high value."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, FloatField, JSONField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from rapport.core.actors import Actor
from rapport.core.clock import now
from rapport.directory.models import Organisation
from rapport.intelligence.models import Expectation

from .kept.keeping import KEPT_FOR, figures_for
from .kept.question import Asked, Kept, Question, kept_question

MOST_ACCOUNTS = 50


@dataclass(frozen=True)
class Part:
    """Customers of one place or service model: how many, what they ordered in a year, and how collaborative they are
    on average (0 to 100).
    """

    key: str
    customers: int
    revenue: float
    collaboration: float


@dataclass(frozen=True)
class Account:
    """One of high value; figures from 0 to 100, `signals` as (name, value, rank), the highest rank first."""

    id: UUID
    name: str
    place: str
    service: str
    direct: float
    indirect: float
    collaboration: float
    signals: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True)
class Portfolio:
    """All of it; `high_value` counts the accounts, of which the first are listed."""

    places: tuple[Part, ...]
    services: tuple[Part, ...]
    accounts: tuple[Account, ...]
    high_value: int


def _work_out(asked: Asked) -> Kept[Portfolio]:
    as_of = now()
    found = Organisation.objects.visible_to(asked.actor).exclude(portfolio_place="").order_by()
    told = Expectation.objects.filter(outlook="portfolio", record_id=OuterRef("pk"), withheld="")
    high = found.annotate(told=Subquery(told.filter(detail__high_value=True).values("detail")[:1], JSONField()))
    high = high.exclude(told=None).annotate(direct=Cast(KeyTextTransform("direct", "told"), FloatField()))
    listed: Any = high.order_by("-direct", "sort_name", "pk").values_list("pk", "name", "told")[:MOST_ACCOUNTS]
    accounts = tuple(_account(*row) for row in listed)
    places, services = (_parts(found, told, column) for column in ("portfolio_place", "service_model"))
    return Kept(Portfolio(places, services, accounts, high.count()), as_of)


def _parts(found: "QuerySet[Organisation]", told: "QuerySet[Expectation]", column: str) -> tuple[Part, ...]:
    revenue = Cast(
        KeyTextTransform("0", KeyTextTransform("revenue", KeyTextTransform("signals", "detail"))), FloatField()
    )
    counted = found.annotate(ordered=Subquery(told.annotate(figure=revenue).values("figure")[:1]))
    rows: Any = counted.values(column).annotate(customers=Count("pk"), total=Sum("ordered"), bond=Avg("collaboration"))
    return tuple(Part(row[column], row["customers"], row["total"] or 0.0, float(row["bond"] or 0)) for row in rows)


def _account(key: UUID, name: str, told: Mapping[str, Any]) -> Account:
    signals = sorted(told["signals"].items(), key=lambda one: -one[1][1])
    figures = (told["direct"], told["indirect"], told["bond"])
    return Account(key, name, told["place"], told["service"], *figures, tuple((one, *both) for one, both in signals))


_PORTFOLIO: Question[Portfolio] = kept_question(Question("portfolio", Portfolio, _work_out))


def kept_portfolio(
    actor: Actor, *, version: int, oldest: timedelta = KEPT_FOR, at_once: bool = False
) -> Kept[Portfolio]:
    """The portfolio among the customers that somebody sees, as it was at most so long ago."""
    return figures_for(_PORTFOLIO, actor, besides=str(version), oldest=oldest, at_once=at_once)
