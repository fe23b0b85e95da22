"""Intervals from how far off earlier forecasts were: conformal, by step ahead, in multiples of usual errors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .smoothing import Floats

LEVELS = (80, 95)
_BUCKETS = 3
_PRIOR = 8.0


@dataclass(frozen=True)
class Spread:
    """`usual`: mean absolute error of each series, shape (series,); `reach` by level: how many of these, by step."""

    usual: Floats
    reach: dict[int, Floats]

    def around(self, expected: Floats, level: int) -> tuple[Floats, Floats]:
        """Lower and upper ends, shape (series, horizon)."""
        half = self.usual[:, None] * self.reach[level][None, :]
        return expected - half, expected + half


def spread_of(trials: Sequence[tuple[Floats, Floats]]) -> Spread | None:
    """From (foreseen, came) of earlier origins; None without any."""
    if not trials:
        return None
    errors = np.array([np.abs(foreseen - came) for foreseen, came in trials])
    known = ~np.isnan(errors)
    sizes = np.array([np.abs(came) for _foreseen, came in trials])
    usual = _usual(errors, np.where(known, sizes, 0).sum(axis=(0, 2)) / np.maximum(known.sum(axis=(0, 2)), 1))
    shares = errors / np.maximum(usual[None, :, None], 1e-12)
    return Spread(usual, {level: _reach(shares, level) for level in LEVELS})


def _usual(errors: Floats, sizes: Floats) -> Floats:
    """Each series' own mean error, drawn towards the error that series of its size have."""
    known = ~np.isnan(errors)
    sums, times = np.where(known, errors, 0).sum(axis=(0, 2)), known.sum(axis=(0, 2))
    by_size = sums.sum() / max(float((sizes * times).sum()), 1e-12)
    return np.asarray((sums + _PRIOR * by_size * sizes) / (times + _PRIOR), dtype=np.float64)


def _reach(shares: Floats, level: int) -> Floats:
    """Quantiles of the errors of steps about as far ahead, never less for a later step."""
    horizon = shares.shape[2]
    found = []
    for steps in np.array_split(np.arange(horizon), min(_BUCKETS, horizon)):
        given = shares[:, :, steps]
        given = given[~np.isnan(given)]
        rank = min(1.0, level / 100 * (1 + 1 / max(len(given), 1)))
        found += [float(np.quantile(given, rank, method="higher")) if len(given) else 0.0] * len(steps)
    return np.maximum.accumulate(np.array(found))
