"""The forecasters that are combined. Each takes values (series, time) and gives (series, horizon), given the season."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .known import mean_of_known
from .learned import learned_forecast
from .seasons import Apart, pooled, start_of, taken_apart
from .smoothing import Floats, Kind, Start, smooth

_NEWEST = 6
_THETA = Kind(trend=False, season=False, drifts=(0.0, 0.25, 0.5, 0.75, 1.0))
_HALF = Kind(trend=False, season=False, drifts=(0.5,))
_LEVEL = Kind(trend=False, season=False, drifts=(0.0,))
_DAMPED = Kind(trend=True, season=False)
_SEASONAL = Kind(trend=True, season=True)


@dataclass(frozen=True)
class Task:
    """What is to be foreseen, and what several forecasters share. `in_proportion`: seasons multiply."""

    values: Floats
    season: int
    horizon: int
    in_proportion: bool
    seed: int = 1

    @property
    def has_season(self) -> bool:
        """Whether two whole periods are there."""
        return self.season > 1 and self.values.shape[1] >= 2 * self.season

    @cached_property
    def logs(self) -> Floats:
        """Logarithms where seasons multiply, else the values themselves."""
        return np.log(self.values) if self.in_proportion else self.values

    @cached_property
    def own(self) -> Apart:
        """Without the season of each series."""
        return taken_apart(self.logs, self.season, newest=_NEWEST)

    @property
    def whole(self) -> Apart:
        """As if there were no season."""
        return Apart(self.logs, np.zeros((len(self.logs), 1)))

    @cached_property
    def shared(self) -> Apart:
        """Without a season drawn towards that of all series."""
        return pooled(self.logs, self.own, self.season, newest=_NEWEST)

    def back(self, logs: Floats) -> Floats:
        """The way back from `logs`."""
        return np.exp(logs) if self.in_proportion else logs

    def seasonal(self, apart: Apart, plain: Floats) -> Floats:
        """Put the season on forecasts without one."""
        places = (self.values.shape[1] + np.arange(self.horizon)) % apart.season.shape[1]
        ahead = apart.season[:, places]
        return plain * np.exp(ahead) if self.in_proportion else plain + ahead


def seasonal_naive(task: Task) -> Floats:
    """As a period ago; the last value where there was none."""
    period = task.season if task.values.shape[1] >= task.season else 1
    last = task.values[:, -period:]
    ahead = last[:, np.arange(task.horizon) % period]
    return np.where(np.isnan(ahead), task.values[:, -1:], ahead)


def _growing(task: Task) -> Floats:
    """As a period ago, moved by what changed since then."""
    period, logs = task.season, task.logs
    newest = max(period // 4, 2)
    if logs.shape[1] < period + newest:
        return seasonal_naive(task)
    change = _mean_of(logs[:, -newest:] - logs[:, -newest - period : -period])
    steps = np.arange(task.horizon)
    ahead = logs[:, -period:][:, steps % period]
    ahead = np.where(np.isnan(ahead), logs[:, -1:], ahead)
    return task.back(ahead + change[:, None] * (1 + steps // period))


def _mean_of(values: Floats) -> Floats:
    return np.asarray(np.nan_to_num(mean_of_known(values)), dtype=np.float64)


def _smoothed(pick: Callable[[Task], Apart], kind: Kind) -> Callable[[Task], Floats]:
    """Smoothing of what is left when the season is taken out; the drift is a share of the slope of all the past."""

    def foresee(task: Task) -> Floats:
        apart = pick(task)
        plain = task.back(apart.plain)
        none = np.zeros((len(plain), 1))
        near = start_of(plain, none, first=max(2 * task.season, 10))
        whole = start_of(plain, none, first=plain.shape[1])
        start = Start(near.level, near.slope if kind.trend else whole.slope, none)
        return task.seasonal(apart, smooth(plain, start, kind, task.horizon, seed=task.seed))

    return foresee


def _holt_winters(task: Task, values: Floats, back: Callable[[Floats], Floats]) -> Floats:
    """Damped trend and a season that moves; begins with the oldest periods, or where the newest eight begin."""
    values = values[:, -max(8 * task.season, 2 * task.season) :]
    early = taken_apart(values[:, : 4 * task.season], task.season)
    season = early.season if task.has_season else np.zeros((len(values), 1))
    places = np.arange(values.shape[1]) % season.shape[1]
    start = start_of(values - season[:, places], season, first=max(task.season, 8))
    kind = _SEASONAL if task.has_season else _DAMPED
    return back(smooth(values, start, kind, task.horizon, seed=task.seed))


Forecaster = Callable[[Task], Floats]
SEASONAL_NAIVE = "seasonal naive"
FORECASTERS: dict[str, Forecaster] = {
    SEASONAL_NAIVE: seasonal_naive,
    "last season and growth": _growing,
    "theta": _smoothed(lambda task: task.own, _THETA),
    "theta, half the slope": _smoothed(lambda task: task.own, _HALF),
    "damped trend": _smoothed(lambda task: task.own, _DAMPED),
    "level": _smoothed(lambda task: task.own, _LEVEL),
    "level, no season": _smoothed(lambda task: task.whole, _LEVEL),
    "theta, shared season": _smoothed(lambda task: task.shared, _THETA),
    "theta, half the slope, shared season": _smoothed(lambda task: task.shared, _HALF),
    "damped trend, shared season": _smoothed(lambda task: task.shared, _DAMPED),
    "level, shared season": _smoothed(lambda task: task.shared, _LEVEL),
    "Holt-Winters": lambda task: _holt_winters(task, task.values, lambda ahead: ahead),
    "Holt-Winters in proportion": lambda task: _holt_winters(task, task.logs, task.back),
    "boosted trees": lambda task: task.back(learned_forecast(task.logs, task.season, task.horizon, seed=task.seed)),
}


def all_forecasts(values: Floats, season: int, horizon: int, *, seed: int = 1) -> dict[str, Floats]:
    """Every forecaster's forecast, 0 for series that haven't begun.

    Series that are above 0 throughout go in proportion, the others by differences.
    """
    above = np.where(np.isnan(values), 1.0, values).min(axis=1) > 0
    begun = ~np.isnan(values).all(axis=1)
    found = {name: np.zeros((len(values), horizon)) for name in FORECASTERS}
    for in_proportion in (True, False):
        rows = np.flatnonzero((above == in_proportion) & begun)
        if len(rows):
            task = Task(values[rows], season, horizon, in_proportion, seed)
            for name, forecaster in FORECASTERS.items():
                found[name][rows] = _bounded(forecaster(task), values[rows])
    return found


def _bounded(ahead: Floats, values: Floats) -> Floats:
    """Nothing is foreseen far beyond what ever was, and nothing below 0 where nothing was."""
    highest, lowest = np.nanmax(values, axis=1, keepdims=True), np.nanmin(values, axis=1, keepdims=True)
    reach = np.maximum(highest - lowest, np.abs(highest)) * 2
    floor = np.where(lowest >= 0, 0.0, lowest - reach)
    return np.clip(np.nan_to_num(ahead, nan=0.0), floor, highest + reach)
