"""Intervals from how far off earlier forecasts were: conformal, by step ahead, in multiples of usual errors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .smoothing import Floats

LEVELS = (80, 95)
_BUCKETS = 3
_PRIOR = 8.0
_FORGETS = 0.5


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
    """From (foreseen, came) of earlier origins, the newest first, which count most; None without any."""
    if not trials:
        return None
    errors = np.array([np.abs(foreseen - came) for foreseen, came in trials])
    known = ~np.isnan(errors)
    counts = np.where(known, _FORGETS ** np.arange(len(trials))[:, None, None], 0)
    times = np.maximum(counts.sum(axis=(0, 2)), 1e-12)
    came = np.nan_to_num(np.array([np.abs(one) for _foreseen, one in trials]))
    errors = np.nan_to_num(errors)
    usual = _usual((errors * counts).sum(axis=(0, 2)), (came * counts).sum(axis=(0, 2)) / times, times)
    shares = errors / np.maximum(usual[None, :, None], 1e-12)
    return Spread(usual, {level: _reach(shares, counts, level) for level in LEVELS})


def _usual(sums: Floats, sizes: Floats, times: Floats) -> Floats:
    """Each series' own mean error, drawn towards the error that series of its size have."""
    by_size = sums.sum() / max(float((sizes * times).sum()), 1e-12)
    return np.asarray((sums + _PRIOR * by_size * sizes) / (times + _PRIOR), dtype=np.float64)


def _reach(shares: Floats, counts: Floats, level: int) -> Floats:
    """Quantiles of the errors of steps about as far ahead, never less for a later step."""
    horizon = shares.shape[2]
    found = []
    for steps in np.array_split(np.arange(horizon), min(_BUCKETS, horizon)):
        found += [_quantile(shares[:, :, steps].ravel(), counts[:, :, steps].ravel(), level / 100)] * len(steps)
    return np.maximum.accumulate(np.array(found))


def _quantile(values: Floats, counts: Floats, share: float) -> float:
    """The least value that `share` of all, and one more, don't pass."""
    order = np.argsort(values)
    reached = np.cumsum(counts[order]) / max(float(counts.sum()), 1e-12)
    wanted = min(1.0, share * (1 + 1 / max(int((counts > 0).sum()), 1)))
    return float(values[order][min(int(np.searchsorted(reached, wanted - 1e-12)), len(values) - 1)])
