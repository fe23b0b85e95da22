"""How far off earlier forecasts were, the machine's beside what the pipeline and the people said, by months ahead."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import DateField, Sum
from django.db.models.functions import TruncMonth

from rapport.catalog.queries import current_rates
from rapport.core.clock import today
from rapport.pipeline.models import Opportunity, Status

from ..models import OwnEstimate, StandingThen, VolumeForecast
from .estimates import FEWEST_PEOPLE
from .periods import month_of
from .spreading import months_from
from .standing import in_base

FEWEST_MONTHS = 4
HORIZONS = (1, 2, 3)
MONTHS = 12
_SUMMED = ("commit", "weighted", "count", "unknown")


class Source(StrEnum):
    """Who said what would be sold."""

    MACHINE = "machine"
    YEAR_BEFORE = "year_before"
    COMMIT = "commit"
    WEIGHTED = "weighted"
    PEOPLE = "people"


@dataclass(frozen=True)
class Said:
    """What was said of a month so many months ahead (1: when it began), and what came."""

    source: Source
    month: date
    ahead: int
    said: float
    came: float


@dataclass(frozen=True)
class Accuracy:
    """Over `n` months in which something came: how far off, as a share of all that came (so that a month in which
    hardly anything came doesn't outweigh all others), and by how much too high all together; None for too few."""

    source: Source
    ahead: int
    n: int
    off: float | None
    bias: float | None


def measured(said: Iterable[Said]) -> list[Accuracy]:
    """One for each source and number of months ahead."""
    found: dict[tuple[Source, int], list[Said]] = defaultdict(list)
    for one in said:
        if one.came > 0:
            found[one.source, one.ahead].append(one)
    order = list(Source)
    keys = sorted(found, key=lambda key: (key[1], order.index(key[0])))
    return [_measured(source, ahead, found[source, ahead]) for source, ahead in keys]


def _measured(source: Source, ahead: int, rows: Sequence[Said]) -> Accuracy:
    if len(rows) < FEWEST_MONTHS:
        return Accuracy(source, ahead, len(rows), None, None)
    came = sum(one.came for one in rows)
    off = sum(abs(one.said - one.came) for one in rows) / came
    return Accuracy(source, ahead, len(rows), off, (sum(one.said for one in rows) - came) / came)


def said_of(teams: Collection[UUID] | None, forecast: VolumeForecast | None) -> list[Said]:
    """All that was said of the last twelve months of some teams together, or of all."""
    return [*_machine(forecast), *_pipeline(teams), *_people(teams)]


def _machine(forecast: VolumeForecast | None) -> Iterable[Said]:
    """From the looks back that were made with the newest forecast."""
    for month, ahead, expected, naive, came in forecast.figures.get("ahead", []) if forecast else []:
        if ahead in HORIZONS:
            yield Said(Source.MACHINE, date.fromisoformat(month), ahead, expected, came)
            if naive is not None:
                yield Said(Source.YEAR_BEFORE, date.fromisoformat(month), ahead, naive, came)


def _pipeline(teams: Collection[UUID] | None) -> Iterable[Said]:
    months = _months()
    came = _won(months, {"team__in": teams} if teams is not None else {})
    for one in _stood(months, teams):
        if one.is_known:
            ahead = (one.month.year - one.at.year) * 12 + one.month.month - one.at.month + 1
            outcome = float(sum(came.get(one.month, {}).values()))
            yield Said(Source.COMMIT, one.month, ahead, float(one.commit), outcome)
            yield Said(Source.WEIGHTED, one.month, ahead, float(one.weighted), outcome)


def _stood(months: Sequence[date], teams: Collection[UUID] | None) -> Iterable[StandingThen]:
    """What stood then for all, or for these teams together."""
    among = {"team": None} if teams is None else {"team__in": teams}
    found = StandingThen.objects.filter(month__in=months, **among).values("month", "at").order_by("month", "-at")
    rows: Any = found.annotate(**{f"{name}_": Sum(name) for name in _SUMMED})
    for row in rows:
        yield StandingThen(month=row["month"], at=row["at"], **{name: row[f"{name}_"] for name in _SUMMED})


def _people(teams: Collection[UUID] | None) -> Iterable[Said]:
    """What at least three people expected together, and what the same people sold."""
    months = _months()
    keys = {month_of(day).key: day for day in months}
    rows = OwnEstimate._base_manager.filter(period__in=keys, **({"user__team__in": teams} if teams is not None else {}))
    given = list(rows.order_by("at", "id"))
    if not given:
        return
    came = _won(months, {"owner__in": {one.user_id for one in given}})
    for key, month in keys.items():
        for ahead in HORIZONS:
            until = _months_before(month, ahead - 1)
            newest = {one.user_id: one for one in given if one.period == key and one.at.date() <= until}
            if len(newest) >= FEWEST_PEOPLE:
                said = float(sum(_in_base(one) for one in newest.values()))
                sold = sum(amount for owner, amount in came.get(month, {}).items() if owner in newest)
                yield Said(Source.PEOPLE, month, ahead, said, float(sold))


def _in_base(one: OwnEstimate) -> Decimal:
    return in_base(one.amount, one.currency, current_rates())


def _won(months: Sequence[date], among: Mapping[str, Any]) -> dict[date, dict[UUID | None, Decimal]]:
    """What was won in each month, by owner."""
    rates = current_rates()
    won = Opportunity._base_manager.filter(
        status=Status.WON, closed_on__gte=months[0], closed_on__lte=month_of(months[-1]).end, **among
    )
    rows = won.order_by().values("owner_id", "currency", month=TruncMonth("closed_on", output_field=DateField()))
    found: dict[date, dict[UUID | None, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in rows.annotate(sum=Sum("amount")):
        found[row["month"]][row["owner_id"]] += in_base(row["sum"], row["currency"], rates)
    return found


def _months() -> list[date]:
    """The first days of the last twelve months that are over, the oldest first."""
    return months_from(_months_before(today().replace(day=1), MONTHS), MONTHS)


def _months_before(month: date, number: int) -> date:
    place = month.year * 12 + month.month - 1 - number
    return date(place // 12, place % 12 + 1, 1)
