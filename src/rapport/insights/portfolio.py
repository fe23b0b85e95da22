"""The portfolio in figures: customers by place and by service model, and the accounts of high value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, FloatField, OuterRef, QuerySet, Subquery, Sum
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
    seen = Organisation.objects.visible_to(asked.actor).exclude(portfolio_place="").order_by()
    told = Expectation.objects.filter(outlook="portfolio", withheld="")
    cells = _cells(seen, told)
    high = told.filter(detail__high_value=True, record_id__in=seen.values("pk"))
    listed = list(high.order_by("-value", "record_id").only("record_id", "detail")[:MOST_ACCOUNTS])
    names = dict(seen.filter(pk__in=[one.record_id for one in listed]).values_list("pk", "name"))
    accounts = tuple(_account(one.record_id, names[one.record_id], one.detail) for one in listed)
    return Kept(Portfolio(_summed(cells, 0), _summed(cells, 1), accounts, high.count()), as_of)


def _cells(seen: "QuerySet[Organisation]", told: "QuerySet[Expectation]") -> list[tuple[Any, ...]]:
    """By place and service model: how many customers, what they ordered in a year, and the sum of collaboration."""
    revenue = Cast(
        KeyTextTransform("0", KeyTextTransform("revenue", KeyTextTransform("signals", "detail"))), FloatField()
    )
    ordered = told.filter(record_id=OuterRef("pk")).annotate(figure=revenue).values("figure")[:1]
    grouped = seen.annotate(ordered=Subquery(ordered)).values("portfolio_place", "service_model")
    counted = grouped.annotate(customers=Count("pk"), total=Sum("ordered"), bond=Sum("collaboration"))
    return list(counted.values_list("portfolio_place", "service_model", "customers", "total", "bond"))


def _summed(cells: Sequence[tuple[Any, ...]], by: int) -> tuple[Part, ...]:
    """The cells added up by place (0) or service model (1)."""
    sums: dict[str, list[float]] = {}
    for cell in cells:
        found = sums.setdefault(cell[by], [0, 0.0, 0.0])
        for index, value in enumerate(cell[2:]):
            found[index] += value or 0
    return tuple(
        Part(key, int(customers), total, bond / customers) for key, (customers, total, bond) in sorted(sums.items())
    )


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
