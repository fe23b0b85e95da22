"""What was won on each day, for all together and by team, product and country; what is small is put together."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Sum, Value
from django.db.models.fields import CharField

from rapport.catalog.queries import current_rates
from rapport.core.clock import today
from rapport.pipeline.models import Opportunity, Status

from .standing import in_base

FEWEST_SALES, MOST_UNITS, MOST_YEARS = 30, 12, 10
OTHERS = "others"


class Dimension(StrEnum):
    """By what sales are told apart."""

    ALL = ""
    TEAM = "team"
    PRODUCT = "product"
    COUNTRY = "country"
    TREE = "tree"
    """A team with those below it; its series are sums of those of teams, see `forecasting.trees`."""

    @property
    def column(self) -> str:
        """The column of opportunities."""
        return _COLUMNS[self]


_COLUMNS = {
    Dimension.ALL: "",
    Dimension.TEAM: "team_id",
    Dimension.PRODUCT: "product_id",
    Dimension.COUNTRY: "organisation__country",
}
"""Those whose series add up to all together."""


@dataclass(frozen=True)
class Series:
    """One series: all, a team, a product, a country, or what is left of a dimension."""

    dimension: Dimension
    key: str
    sales: int
    by_day: Mapping[date, Decimal]


def sales_until(end: date) -> list[Series]:
    """The series of what was won before a day, all together first; those of a dimension add up to it."""
    found = []
    for dimension in _COLUMNS:
        units = _units(dimension, end)
        found += units if dimension is Dimension.ALL else _with_others(units)
    return found


def small_teams_until(end: date) -> list[Series]:
    """The teams that are among the others for want of sales."""
    return [one for one in _units(Dimension.TEAM, end) if one.key != OTHERS and one.sales < FEWEST_SALES]


def selling_teams_until(end: date) -> frozenset[UUID]:
    """The teams that won anything before a day."""
    won = Opportunity._base_manager.filter(status=Status.WON, closed_on__lt=end, team__isnull=False).order_by()
    return frozenset(won.values_list("team_id", flat=True).distinct())


def _units(dimension: Dimension, end: date) -> list[Series]:
    rates = current_rates()
    first = date(today().year - MOST_YEARS, 1, 1)
    won = Opportunity._base_manager.filter(status=Status.WON, closed_on__lt=end, closed_on__gte=first).order_by()
    unit = F(dimension.column) if dimension.column else Value("", output_field=CharField())
    rows: Any = won.filter(amount__isnull=False).values("closed_on", "currency", unit=unit)
    by_day: dict[str, dict[date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    counts: dict[str, int] = defaultdict(int)
    for row in rows.annotate(sum=Sum("amount"), count=Count("pk")).iterator():
        key = str(row["unit"] or (OTHERS if dimension.column else ""))
        by_day[key][row["closed_on"]] += in_base(row["sum"], row["currency"], rates)
        counts[key] += row["count"]
    return [Series(dimension, key, counts[key], days) for key, days in by_day.items()]


def _with_others(units: Sequence[Series]) -> list[Series]:
    """The most frequent, and all others as one; none where nothing is frequent enough."""
    ordered = sorted(units, key=lambda one: -one.sales)
    told = [one for one in ordered if one.key != OTHERS and one.sales >= FEWEST_SALES][:MOST_UNITS]
    left = [one for one in units if one not in told]
    if not told or not left:
        return told
    together: dict[date, Decimal] = defaultdict(Decimal)
    for one in left:
        for day, amount in one.by_day.items():
            together[day] += amount
    return [*told, Series(told[0].dimension, OTHERS, sum(one.sales for one in left), together)]
