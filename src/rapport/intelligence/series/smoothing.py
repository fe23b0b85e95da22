"""Exponential smoothing with damped trend and season, for many series and many settings at once.

In error-correction form (Hyndman, Koehler, Ord and Snyder, Forecasting with Exponential Smoothing, 2008): settings are
tried in rounds, each round nearer to the best of the one before; each series takes the one that foresaw its own past
best one step ahead.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_ROUNDS = (48, 24, 24)
_NEARER = (0.0, 0.35, 0.12)
_AT_ONCE = 250


@dataclass(frozen=True)
class Start:
    """Where smoothing begins: level and slope of shape (series,), season of shape (series, period)."""

    level: Floats
    slope: Floats
    season: Floats


@dataclass(frozen=True)
class Kind:
    """What may move: `trend` and `season` follow the data, or stay as they began; `drifts` are shares of the slope."""

    trend: bool
    season: bool
    drifts: tuple[float, ...] = (1.0,)


def smooth(values: Floats, start: Start, kind: Kind, horizon: int, *, seed: int = 1) -> Floats:
    """Forecasts of shape (series, horizon); `values` (series, time) may be NaN where nothing is known."""
    parts = [slice(begin, begin + _AT_ONCE) for begin in range(0, len(values), _AT_ONCE)]
    rng = np.random.default_rng(seed)
    return np.vstack([_smooth(values[part], _part(start, part), kind, horizon, rng) for part in parts])


def _part(start: Start, part: slice) -> Start:
    return Start(start.level[part], start.slope[part], start.season[part])


def _smooth(values: Floats, start: Start, kind: Kind, horizon: int, rng: np.random.Generator) -> Floats:
    rows = np.arange(len(values))
    best = np.full((len(values), 5), 0.5)
    forecast, loss = np.zeros((len(values), horizon)), np.full(len(values), np.inf)
    for number, nearer in zip(_ROUNDS, _NEARER, strict=True):
        drawn = rng.random((1, number, 5))
        tried = drawn if not nearer else np.clip(best[:, None, :] + nearer * (2 * drawn - 1), 0, 1)
        tried = np.broadcast_to(tried, (len(values), number, 5))
        losses, forecasts = _run(values, start, kind, tried, horizon)
        winner = losses.argmin(axis=1)
        better = losses[rows, winner] < loss
        loss = np.where(better, losses[rows, winner], loss)
        best = np.where(better[:, None], tried[rows, winner], best)
        forecast = np.where(better[:, None], forecasts[rows, winner], forecast)
    return forecast


def _run(values: Floats, start: Start, kind: Kind, tried: Floats, horizon: int) -> tuple[Floats, Floats]:
    """The loss of each setting, shape (series, settings), and its forecasts, (series, settings, horizon)."""
    shape = tried.shape[:2]
    follow_level = 0.01 + 0.98 * tried[..., 0] ** 1.5
    follow_trend = follow_level * 0.5 * tried[..., 1] ** 3 if kind.trend else np.zeros(shape)
    follow_season = (1 - follow_level) * 0.6 * tried[..., 2] ** 2 if kind.season else np.zeros(shape)
    damped = 0.8 + 0.195 * tried[..., 3] if kind.trend else np.ones(shape)
    drifts = np.asarray(kind.drifts)[np.minimum((tried[..., 4] * len(kind.drifts)).astype(int), len(kind.drifts) - 1)]
    level = np.broadcast_to(start.level[:, None], shape).copy()
    slope = start.slope[:, None] * drifts
    period = start.season.shape[1]
    season = np.broadcast_to(start.season.T[:, :, None], (period, *shape)).copy()
    squares = np.zeros(shape)
    length = values.shape[1]
    for time in range(length):
        now = values[:, time, None]
        expected = level + damped * slope
        error = np.where(np.isnan(now), 0.0, now - expected - season[time % period])
        known = ~np.isnan(now)
        level = np.where(known, expected + follow_level * error, level)
        slope = np.where(known, damped * slope + follow_trend * error, slope)
        if kind.season:
            season[time % period] += follow_season * error
        squares += error**2
    steps = np.cumsum(damped[..., None] ** np.arange(1, horizon + 1), axis=-1)
    ahead = np.stack([season[(length + step) % period] for step in range(horizon)], axis=-1)
    return squares, level[..., None] + steps * slope[..., None] + ahead
