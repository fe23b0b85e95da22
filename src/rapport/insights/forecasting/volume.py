"""What the history of won volume foretells for the coming months, for all together and for each team."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from rapport.catalog.queries import current_rates
from rapport.core.clock import now, today
from rapport.pipeline.models import Opportunity, Status

from ..models import VolumeForecast
from .periods import month_of
from .standing import in_base

MONTHS_AHEAD = 6
FEWEST_MONTHS = 24
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
    if months < FEWEST_MONTHS or sales.count < _FEWEST_SALES:
        return {"months": [], "figures": {"history": months, "sales": sales.count}}
    return _forecast(sales, first, months)


def _forecast(sales: _Sales, first: date, months: int) -> dict[str, Any]:
    import numpy as np  # with what follows it takes long to load, and only this job needs it

    from rapport.intelligence.series import evaluate, forecast, panel_of
    from rapport.intelligence.series.panel import Frequency

    days = np.array([np.datetime64(first, "M") + number for number in range(months)]).astype("datetime64[D]")
    values = [float(sales.by_month.get(day, 0)) for day in days.astype(object)]
    panel = panel_of(days.astype(float), np.array(values), ["all"] * months, frequency=Frequency.MONTH)
    tried = evaluate(panel, MONTHS_AHEAD)
    found = forecast(panel, MONTHS_AHEAD, tried.trials)
    coming = [
        {
            "month": day,
            "expected": max(float(found.expected[0, step]), 0.0),
            "low": {str(level): float(found.low[level][0, step]) for level in found.low},
            "high": {str(level): float(found.high[level][0, step]) for level in found.high},
        }
        for step, day in enumerate(found.days)
    ]
    figures = {
        "history": months,
        "sales": sales.count,
        "verdict": str(tried.verdict),
        "wape": _known(tried.rolling.wape),
        "wape_naive": _known(tried.rolling.wape_naive),
        "coverage": {str(level): _known(share) for level, share in tried.rolling.coverage.items()},
    }
    return {"months": [_without_nan(one) for one in coming], "figures": figures}


def _known(number: float) -> float | None:
    return None if number != number else round(number, 4)  # noqa: PLR0124 - NaN is not equal to itself


def _without_nan(month: dict[str, Any]) -> dict[str, Any]:
    ends = {side: {level: _known(end) for level, end in month[side].items()} for side in ("low", "high")}
    return {**month, **ends}
