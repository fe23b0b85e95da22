"""What was won by quarter: in each place where organisations are, and where conditions are met."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, DateField, F, Q, Sum
from django.db.models.functions import TruncQuarter

from rapport.catalog.queries import Rates, current_rates
from rapport.core.actors import Actor
from rapport.directory.models import Organisation
from rapport.pipeline.models import Opportunity, Status

RESTS_ON = frozenset(
    {f"opportunity.{name}" for name in ("amount", "currency", "status", "closed_on", "organisation")}
    | {"organisation.industry", "organisation.country"}
)


@dataclass(frozen=True)
class Won:
    """What was won: how many, how much in the base currency, and of how many of them that isn't known."""

    count: int = 0
    amount: Decimal = Decimal(0)
    unknown: int = 0

    def __add__(self, other: "Won") -> "Won":
        """Both together."""
        return Won(self.count + other.count, self.amount + other.amount, self.unknown + other.unknown)


@dataclass(frozen=True)
class Place:
    """Where an organisation is; empty where that isn't recorded."""

    industry: str
    country: str


ByQuarter = Mapping[date, Won]
"""By the first day of the quarter."""


def sees_all_revenue(actor: Actor) -> bool:
    """Whether the actor sees everything that was won, and by whom: a share of a part would be none."""
    return not (Opportunity.restricts(actor) or Organisation.restricts(actor))


def won_by_place(actor: Actor) -> Mapping[Place, ByQuarter]:
    """Everything that was won, by where the organisations are; one statement."""
    by_place: dict[Place, dict[date, Won]] = defaultdict(lambda: defaultdict(Won))
    where = {"industry": F("organisation__industry"), "country": F("organisation__country")}
    rates = current_rates()
    for row in _rows(actor, Q(), **where):
        place = Place(row["industry"] or "", row["country"] or "")
        by_place[place][row["quarter"]] += _won(row, rates)
    return by_place


def won_among(actor: Actor, organisations: Q) -> ByQuarter:
    """What was won with organisations that meet a condition."""
    found: dict[date, Won] = defaultdict(Won)
    rates = current_rates()
    met = Organisation.objects.visible_to(actor).filter(organisations)
    for row in _rows(actor, Q(organisation__in=met)):
        found[row["quarter"]] += _won(row, rates)
    return found


def together(parts: Iterable[ByQuarter]) -> ByQuarter:
    """All parts added up."""
    found: dict[date, Won] = defaultdict(Won)
    for part in parts:
        for quarter, won in part.items():
            found[quarter] += won
    return found


def _rows(actor: Actor, among: Q, **where: F) -> Any:
    won = Opportunity.objects.visible_to(actor).filter(among, status=Status.WON, closed_on__isnull=False).order_by()
    grouped = won.values("currency", quarter=TruncQuarter("closed_on", output_field=DateField()), **where)
    return grouped.annotate(count=Count("pk"), known=Count("amount"), sum=Sum("amount"))


def _won(row: Mapping[str, Any], rates: Rates) -> Won:
    amount = rates.in_base(row["sum"] or Decimal(0), row["currency"])
    if amount is None:
        return Won(row["count"], Decimal(0), row["count"])
    return Won(row["count"], amount, row["count"] - row["known"])
