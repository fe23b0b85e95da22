"""What the history foretells, for all together and by team, product and country, and how it did before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet, Subquery

from rapport.core.clock import now, today
from rapport.core.often_asked import often_asked, planned_once

from ..models import VolumeForecast
from .periods import month_of
from .sales import FEWEST_SALES, OTHERS, Dimension, Series, sales_until, small_teams_until
from .spreading import months_from, weeks_from
from .trees import Tree, trees_until

if TYPE_CHECKING:
    from .foretelling import Days, Foretold

FEWEST_MONTHS = 27
LEVELS = (80, 95)
_KEPT_DAYS = 800


def foretell() -> None:
    """Forecast the volume and keep it; old forecasts stay for the look back."""
    moment, end = now(), month_of(today()).start
    found = sales_until(end)
    if not found:
        return
    trees, small = trees_until(found, end), small_teams_until(end)
    told = _told(found, trees)
    told += [{"figures": {"history": told[0]["figures"]["history"], "sales": one.sales}} for one in small]
    every: list[Series | Tree] = [*found, *trees, *small]
    for one, given in zip(every, told, strict=True):
        VolumeForecast.objects.create(at=moment, dimension=one.dimension, key=one.key, team_id=_team(one), **given)
    VolumeForecast.objects.filter(at__lt=moment - timedelta(days=_KEPT_DAYS)).delete()


def newest(dimension: Dimension, key: str) -> VolumeForecast | None:
    """The newest forecast of a series."""
    found = _newest(dimension=str(dimension), key=key)
    return found[0] if found else None


@planned_once
def _newest(*, dimension: str, key: str) -> QuerySet[VolumeForecast]:
    return VolumeForecast.objects.filter(dimension=dimension, key=key).order_by("-at")[:1]


def newest_by(*dimensions: Dimension) -> list[VolumeForecast]:
    """The newest forecasts of all series of some dimensions, each of which adds up; made together."""
    rows = _newest_together(tuple(map(str, dimensions)))
    return sorted(rows, key=lambda one: (one.key == OTHERS, -sum(month["expected"] for month in one.months)))


@often_asked
def _newest_together(dimensions: tuple[str, ...]) -> QuerySet[VolumeForecast]:
    last = VolumeForecast.objects.filter(dimension=Dimension.ALL).order_by("-at").values("at")[:1]
    return VolumeForecast.objects.filter(dimension__in=dimensions, at=Subquery(last))


@dataclass(frozen=True)
class Past:
    """A month that is over: what was foretold at its beginning, what came, and whether that forecast was kept then."""

    month: date
    expected: float
    came: float
    was_kept: bool


def past_of(forecast: VolumeForecast) -> list[Past]:
    """The last twelve months: as kept at their beginning, else as would have been foretold from what was known."""
    kept: dict[str, float] = {}
    for first in _first_months(dimension=str(forecast.dimension), key=forecast.key):
        if first:
            kept.setdefault(first["month"], first["expected"])
    return [
        Past(
            date.fromisoformat(one["month"]), kept.get(one["month"], one["expected"]), one["came"], one["month"] in kept
        )
        for one in forecast.figures.get("past", [])
    ]


@planned_once
def _first_months(*, dimension: str, key: str) -> "QuerySet[VolumeForecast, dict[str, Any] | None]":
    """The first month of each forecast of a series, the oldest forecast first."""
    kept = VolumeForecast.objects.filter(dimension=dimension, key=key).order_by("at")
    return kept.values_list("months__0", flat=True)


def _team(one: Series | Tree) -> UUID | None:
    is_of_teams = one.dimension in (Dimension.TEAM, Dimension.TREE)
    return UUID(one.key) if is_of_teams and one.key != OTHERS else None


def _told(found: Sequence[Series], trees: Sequence[Tree]) -> list[dict[str, Any]]:
    first = min(day for one in found for day in one.by_day).replace(day=1)
    end = month_of(today()).start
    months = (end.year - first.year) * 12 + end.month - first.month
    sales = [*(one.sales for one in found), *(one.sales for one in trees)]
    figures = [{"history": months, "sales": number} for number in sales]
    if months < FEWEST_MONTHS or found[0].sales < FEWEST_SALES:
        return [{"figures": one} for one in figures]
    from .foretelling import foretell_all  # with what it needs it takes long to load, and only this job needs it

    parts = foretell_all(_days(found, first, end))
    sums = parts.with_sums([one.parts for one in trees])
    inputs, all_of = parts.days.digest, [parts] * len(found) + [sums] * len(trees)
    return [
        {**_periods(foretold, row), "figures": one | {"inputs": inputs} | _figures(foretold, row)}
        for row, (one, foretold) in enumerate(zip(figures, all_of, strict=True))
    ]


def _days(found: Sequence[Series], first: date, end: date) -> "Days":
    import numpy as np

    from .foretelling import Days

    values = np.zeros((len(found), (end - first).days))
    for row, one in enumerate(found):
        for day, amount in one.by_day.items():
            values[row, (day - first).days] = float(amount)
    return Days(first, values, tuple(one.dimension for one in found))


def _periods(foretold: "Foretold", row: int) -> dict[str, Any]:
    first = month_of(today()).start
    left = 3 - (first.month - 1) % 3
    starts = {
        "months": months_from(first, foretold.coming.foreseen["months"].shape[1]),
        "weeks": weeks_from(first),
        "quarters": [first, months_from(first, left + 1)[-1]],
    }
    ends = {kind: {level: foretold.ends(kind, level) for level in LEVELS} for kind in starts}
    return {
        kind: [
            {
                "month" if kind == "months" else "start": day.isoformat(),
                "expected": float(foretold.coming.foreseen[kind][row, place]),
                "low": {str(level): both and float(both[0][row, place]) for level, both in ends[kind].items()},
                "high": {str(level): both and float(both[1][row, place]) for level, both in ends[kind].items()},
            }
            for place, day in enumerate(days)
        ]
        for kind, days in starts.items()
    }


def _figures(foretold: "Foretold", row: int) -> dict[str, Any]:
    import numpy as np

    came = np.array([foretold.came(look, "months")[row] for look in foretold.looks])
    errors = np.abs(came - np.array([look.foreseen["months"][row] for look in foretold.looks]))
    naive = np.abs(came - np.array([look.naive[row] for look in foretold.looks]))
    volume = max(float(np.nansum(came)), 1e-9)
    covered = {f"{kind} {level}": foretold.coverage(kind, level) for kind in ("months", "weeks") for level in LEVELS}
    months = months_from(foretold.days.first, foretold.coming.origin + 1)
    return {
        "wape": round(float(np.nansum(errors)) / volume, 4),
        "wape_naive": round(float(np.nansum(naive)) / volume, 4),
        "coverage": {name: round(found[0], 3) for name, found in covered.items() if found},
        "past": [
            {
                "month": months[look.origin].isoformat(),
                "expected": float(look.foreseen["months"][row, 0]),
                "came": float(came[place, 0]),
            }
            for place, look in enumerate(foretold.looks)
        ],
        "ahead": _ahead(foretold, row),
    }


def _ahead(foretold: "Foretold", row: int) -> list[list[Any]]:
    """Of each month that is over and each look before it: month, months ahead, foretold, a year before, what came."""
    import numpy as np

    found: list[list[Any]] = []
    for look in foretold.looks:
        came, starts = (
            foretold.came(look, "months")[row],
            months_from(foretold.days.first, look.origin + len(look.naive[row])),
        )
        for place in np.flatnonzero(~np.isnan(came)).tolist():
            said, naive = float(look.foreseen["months"][row, place]), float(look.naive[row, place])
            month = starts[look.origin + place].isoformat()
            found.append([month, place + 1, said, None if np.isnan(naive) else naive, float(came[place])])
    return found
