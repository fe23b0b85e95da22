"""What the history of won volume foretells for the coming months, for all together and for each team."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from typing import Any
from uuid import UUID

from rapport.catalog.queries import current_rates
from rapport.core.clock import now, today
from rapport.pipeline.models import Opportunity, Status

from ..models import VolumeForecast
from .periods import month_of
from .standing import in_base

MONTHS_AHEAD = 3
FEWEST_MONTHS = 24
LEVELS = (80, 95)
_MOST_LOOKS = 12
_FEWEST_SALES = 30
_KEPT_DAYS = 800


def foretell() -> None:
    """Forecast the volume of all and of each team, and keep it; old forecasts stay for the look back."""
    by_scope = _months_by_scope()
    moment = now()
    for team_id, months in by_scope.items():
        VolumeForecast.objects.create(at=moment, team_id=team_id, **_foretold(months))
    VolumeForecast.objects.filter(at__lt=moment - timedelta(days=_KEPT_DAYS)).delete()


@dataclass(frozen=True)
class _Sales:
    count: int
    by_month: Mapping[date, Decimal]


def _months_by_scope() -> dict[UUID | None, _Sales]:
    """Won volume of the months that are over, in the base currency; None stands for all teams together."""
    rates, until = current_rates(), month_of(today()).start
    won = Opportunity._base_manager.filter(status=Status.WON, closed_on__lt=until, amount__isnull=False).order_by()
    sums: dict[UUID | None, dict[date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    counts: dict[UUID | None, int] = defaultdict(int)
    rows: Any = won.values_list("team_id", "closed_on", "amount", "currency")
    for team_id, closed, amount, currency in rows.iterator():
        for scope in {None, team_id}:
            sums[scope][closed.replace(day=1)] += in_base(amount, currency, rates)
            counts[scope] += 1
    return {scope: _Sales(counts[scope], by_month) for scope, by_month in sums.items()}


def _foretold(sales: _Sales) -> dict[str, Any]:
    first, last = min(sales.by_month), month_of(today()).start
    months = (last.year - first.year) * 12 + last.month - first.month
    if months < FEWEST_MONTHS + MONTHS_AHEAD or sales.count < _FEWEST_SALES:
        return {"months": [], "figures": {"history": months, "sales": sales.count}}
    return _forecast(sales, first, months)


def _forecast(sales: _Sales, first: date, months: int) -> dict[str, Any]:
    """Continue the months; what would have been said at earlier months tells how far off that is."""
    import numpy as np  # with what follows it takes long to load, and only this job needs it

    from rapport.intelligence.series.candidates import SEASONAL_NAIVE
    from rapport.intelligence.series.forecasting import foreseen_by, trial_at, walked
    from rapport.intelligence.series.panel import Frequency, panel_of
    from rapport.intelligence.series.totals import totals_of

    days = np.array([np.datetime64(first, "M") + number for number in range(months)]).astype("datetime64[D]")
    values = np.array([float(sales.by_month.get(day, 0)) for day in days.astype(object)])
    panel = panel_of(days.astype(float), values, ["all"] * months, frequency=Frequency.MONTH)
    totals = totals_of(panel.names)
    origins = range(months - MONTHS_AHEAD, max(FEWEST_MONTHS, months - MONTHS_AHEAD - _MOST_LOOKS) - 1, -1)
    trials = [trial_at(panel, totals, origin, MONTHS_AHEAD) for origin in origins]
    came = np.concatenate([trial.came.ravel() for trial in trials])
    errors = np.abs(np.concatenate([one.series.ravel() for one in walked(trials, totals)]) - came)
    naive = np.abs(np.concatenate([trial.series[SEASONAL_NAIVE].ravel() for trial in trials]) - came)
    coming = foreseen_by(trial_at(panel, totals, months, MONTHS_AHEAD), trials, totals).series[0]
    half = {str(level): half_width(errors.tolist(), level) for level in LEVELS}
    return {
        "months": [
            _month(day, float(expected), half)
            for day, expected in zip(panel.days([*range(months, months + MONTHS_AHEAD)]), coming, strict=True)
        ],
        "figures": {
            "history": months,
            "sales": sales.count,
            "wape": round(float(errors.sum() / came.sum()), 4),
            "wape_naive": round(float(naive.sum() / came.sum()), 4),
        },
    }


def half_width(errors: Sequence[float], level: int) -> float | None:
    """How far a forecast may be off so that `level` per cent of earlier ones, and one more, were not; None for too few.

    Split conformal prediction (Vovk and others 2005); forecasts from neighbouring months share months, so it is rough.
    """
    place = ceil((len(errors) + 1) * level / 100)
    return sorted(errors)[place - 1] if place <= len(errors) else None


def _month(day: str, expected: float, half: Mapping[str, float | None]) -> dict[str, Any]:
    expected = max(expected, 0.0)
    low = {level: None if width is None else max(expected - width, 0.0) for level, width in half.items()}
    high = {level: None if width is None else expected + width for level, width in half.items()}
    return {"month": day, "expected": expected, "low": low, "high": high}
