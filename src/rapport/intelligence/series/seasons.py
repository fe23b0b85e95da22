"""Seasons taken out and put back: each place in the period against a moving mean."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .smoothing import Start

Floats = NDArray[np.float64]

_SURE = 1.0
_FEW_PERIODS = 2
_FEW_SERIES = 5


@dataclass(frozen=True)
class Apart:
    """Series without their season, and the season of each place in the period, shape (series, period); zeros where
    there is none to see."""

    plain: Floats
    season: Floats


def taken_apart(values: Floats, period: int, *, newest: int = 0) -> Apart:
    """Additive; take logarithms before for a season in proportion. With `newest`, of that many last periods only."""
    season = np.zeros((len(values), max(period, 1)))
    if period < 2 or values.shape[1] < _FEW_PERIODS * period:
        return Apart(values, season)
    apart = values - _moving_mean(values, period)
    place = np.arange(values.shape[1]) % period
    if newest:
        apart = apart.copy()
        apart[:, : max(0, values.shape[1] - newest * period)] = np.nan
    for number in range(period):
        season[:, number] = _mean(apart[:, place == number])
    season = np.nan_to_num(season)
    season -= season.mean(axis=1, keepdims=True)
    season *= _weight(apart, season[:, place])[:, None]
    return Apart(values - season[:, place], season)


def _weight(apart: Floats, season: Floats) -> Floats:
    """How much of the season to believe: less where it explains no more than chance would."""
    known = ~np.isnan(apart)
    whole = np.where(known, apart, 0)
    left = np.where(known, apart - season, 0)
    explained = (whole**2).sum(axis=1) - (left**2).sum(axis=1)
    freedom = len(np.unique(season[:1])) - 1
    noise = (left**2).sum(axis=1) / np.maximum(known.sum(axis=1) - freedom, 1) * freedom
    return np.asarray(np.clip(1 - _SURE * noise / np.maximum(explained, 1e-12), 0, 1), dtype=np.float64)


def _moving_mean(values: Floats, period: int) -> Floats:
    """Centred over a period; at the ends, the nearest whole one moved along the slope between."""
    half = period // 2
    weights = np.ones(2 * half + 1)
    if period % 2 == 0:
        weights[[0, -1]] = 0.5
    known = ~np.isnan(values)
    filled = np.where(known, values, 0)
    sums = np.apply_along_axis(np.convolve, 1, filled, weights, "same")
    rows = np.apply_along_axis(np.convolve, 1, known.astype(float), weights, "same")
    mean = np.where(rows > weights.sum() - 1e-9, sums / np.maximum(rows, 1), np.nan)
    return np.where(np.isnan(mean), _continued(mean, max(period, 4)), mean)


def _continued(mean: Floats, reach: int) -> Floats:
    """Values before the first and after the last known one, along the slope of the `reach` nearest."""
    continued = np.full(mean.shape, np.nan)
    for row, line in enumerate(mean):
        known = np.flatnonzero(~np.isnan(line))
        if len(known) < 2:
            continue
        for ends, side in ((known[:reach], slice(0, known[0])), (known[-reach:], slice(known[-1] + 1, None))):
            times = np.arange(len(line))[side]
            slope = (line[ends[-1]] - line[ends[0]]) / max(ends[-1] - ends[0], 1)
            anchor = ends[0] if side.start == 0 else ends[-1]
            continued[row, side] = line[anchor] + slope * (times - anchor)
    return continued


def _mean(values: Floats) -> Floats:
    known = ~np.isnan(values)
    return np.where(
        known.any(axis=1), np.where(known, values, 0).sum(axis=1) / np.maximum(known.sum(axis=1), 1), np.nan
    )


def start_of(plain: Floats, season: Floats, *, first: int) -> Start:
    """Level and slope of a line through the `first` known values of each series without its season."""
    level, slope = np.zeros(len(plain)), np.zeros(len(plain))
    for row, line in enumerate(plain):
        known = np.flatnonzero(~np.isnan(line))[:first]
        if len(known) >= 3:
            times = np.arange(len(known))
            slope[row] = ((times - times.mean()) * line[known]).sum() / ((times - times.mean()) ** 2).sum()
        level[row] = line[known].mean() - slope[row] * (len(known) + 1) / 2 if len(known) else 0.0
    return Start(level, slope, season)


def pooled(values: Floats, own: Apart, period: int, *, newest: int) -> Apart:
    """Each series' season drawn towards the middle of all, the more so the less its own can be told from noise."""
    if len(values) < _FEW_SERIES or not own.season.any():
        return own
    shared = np.median(own.season, axis=0)
    shared -= shared.mean()
    place = np.arange(values.shape[1]) % own.season.shape[1]
    left = (values - own.season[:, place] - _moving_mean(values, period))[:, -newest * period :]
    known = ~np.isnan(left)
    times = np.maximum(known.sum(axis=1) / period, 1)
    noise = np.where(known, left, 0).var(axis=1) * times / np.maximum(times - 1, 0.5) / times
    between = np.maximum(((own.season - shared) ** 2).mean(axis=1) - noise, 0)
    kept = between / (between + noise + 1e-12)
    season = shared + kept[:, None] * (own.season - shared)
    return Apart(values - season[:, place], season)
