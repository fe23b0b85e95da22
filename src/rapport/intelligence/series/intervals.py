"""Intervals from how far off earlier forecasts were: conformal, by step ahead, in multiples of usual errors.

The errors of all series move together, so a handful of origins holds few independent errors however many series there
are. So the width is carried on from origin to origin: where intervals were too narrow or too wide for what came, the
next ones are moved half of the way (after Gibbs and Candès, Adaptive conformal inference, NeurIPS 2021).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .smoothing import Floats

LEVELS = (80, 95)
_BUCKETS = 3
_PRIOR = 8.0
_FORGETS = 0.5
_FOLLOWS = 0.5
_MOST_MOVED = 3.0
_NOTHING = 1e-12


@dataclass(frozen=True)
class Spread:
    """`usual`: mean absolute error of each series, shape (series,); `reach` by level: how many of these, by step."""

    usual: Floats
    reach: dict[int, Floats]

    def around(self, expected: Floats, level: int) -> tuple[Floats, Floats]:
        """Lower and upper ends, shape (series, horizon)."""
        half = self.usual[:, None] * self.reach[level][None, :]
        return expected - half, expected + half


def followed(trials: Sequence[tuple[Floats, Floats]]) -> Spread | None:
    """`spread_of` these, as much wider or narrower as earlier ones ought to have been; each was foreseen without
    knowing what came."""
    spread = spread_of(trials)
    if spread is None:
        return None
    times = dict.fromkeys(LEVELS, 1.0)
    for place in range(len(trials) - 2, -1, -1):
        earlier = spread_of(trials[place + 1 :])
        if earlier is None:
            continue
        for level in LEVELS:
            times[level] = _moved(times[level], earlier, *trials[place], level=level)
    return Spread(spread.usual, {level: reach * times[level] for level, reach in spread.reach.items()})


def _moved(times: float, earlier: Spread, foreseen: Floats, came: Floats, *, level: int) -> float:
    """Half of the way to what would have held `level` per cent of what came."""
    shares = np.abs(foreseen - came) / np.maximum(earlier.usual[:, None] * earlier.reach[level][None, :], _NOTHING)
    known = shares[~np.isnan(shares)]
    if not len(known):
        return times
    right = float(np.clip(np.quantile(known, level / 100), 1 / _MOST_MOVED, _MOST_MOVED))
    return float(times ** (1 - _FOLLOWS) * right**_FOLLOWS)


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
