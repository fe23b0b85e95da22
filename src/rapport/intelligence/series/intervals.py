"""Intervals from how far off earlier forecasts were: conformal, by step ahead, in multiples of usual errors.

The errors of all series move together, so a handful of origins holds few independent errors however many series there
are: they count as the root of their number.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .smoothing import Floats

LEVELS = (80, 95)
_BUCKETS = 3
_PRIOR = 2.0
"""Steps, by how much a series' own errors are drawn towards those of its size."""
_FORGETS = 0.5


@dataclass(frozen=True)
class Made:
    """A forecast made after `origin` periods and what came, both of shape (series, horizon), NaN where not known."""

    origin: int
    foreseen: Floats
    came: Floats

    def horizons_since(self, origin: int) -> float:
        """How much later than another origin, in horizons."""
        return float((self.origin - origin) / self.came.shape[1])


@dataclass(frozen=True)
class Spread:
    """`usual`: mean absolute error of each series, shape (series,); `reach` by level: how many of these, by step."""

    usual: Floats
    reach: dict[int, Floats]

    def around(self, expected: Floats, level: int) -> tuple[Floats, Floats]:
        """Lower and upper ends, shape (series, horizon)."""
        half = self.usual[:, None] * self.reach[level][None, :]
        return expected - half, expected + half


def known_by(made: Sequence[Made], now: int) -> list[Made]:
    """Those of which all was known after `now` periods."""
    return [one for one in made if one.origin + one.came.shape[1] <= now]


def spread_of(made: Sequence[Made]) -> Spread | None:
    """From what was foreseen at earlier origins, the newest first, which count most; None without any.

    Few origins and series hardly show how far off one may be: as with Student's distribution, the reach is wider then,
    and as their largest errors aren't far out, the widest is at least as far from the others as with the normal one.
    """
    if not made:
        return None
    since = np.array([made[0].horizons_since(one.origin) for one in made])
    errors = np.array([np.abs(one.foreseen - one.came) for one in made])
    known = ~np.isnan(errors)
    counts = np.where(known, _FORGETS ** since[:, None, None], 0)
    times = np.maximum(counts.sum(axis=(0, 2)), 1e-12)
    came = np.nan_to_num(np.array([np.abs(one.came) for one in made]))
    errors = np.nan_to_num(errors)
    at_once = len(made) / (since[-1] + 1)
    sizes = (came * counts).sum(axis=(0, 2)) / times
    usual = _usual((errors * counts).sum(axis=(0, 2)), sizes, times, prior=_PRIOR * max(at_once, 1.0))
    shares = errors / np.maximum(usual[None, :, None], 1e-12)
    freedom = _horizons_counted(since) + np.sqrt(len(usual))
    reaches = [_reach(shares, counts, level) / student(level) for level in LEVELS]
    multiples = zip(LEVELS, np.maximum.accumulate(np.array(reaches)), strict=True)
    return Spread(usual, {level: student(level, freedom) * one for level, one in multiples})


def _horizons_counted(since: Floats) -> float:
    """How many independent horizons origins are worth, given how much less the older ones count (after Kish)."""
    counts = _FORGETS**since
    at_once = max(len(since) / (since[-1] + 1), 1.0)
    return float(counts.sum() ** 2 / (counts**2).sum() / at_once)


def student(level: int, freedom: float = np.inf) -> float:
    """Half of the width that holds `level` per cent of Student's distribution, without a freedom of the normal one."""
    from scipy.stats import t

    return float(t.ppf((1 + level / 100) / 2, freedom))


def _usual(sums: Floats, sizes: Floats, times: Floats, *, prior: float) -> Floats:
    """Each series' own mean error, drawn towards the error that series of its size have."""
    by_size = sums.sum() / max(float((sizes * times).sum()), 1e-12)
    return np.asarray((sums + prior * by_size * sizes) / (times + prior), dtype=np.float64)


def _reach(shares: Floats, counts: Floats, level: int) -> Floats:
    """Quantiles of the errors of steps about as far ahead, never less for a later step."""
    horizon = shares.shape[2]
    found = []
    for steps in np.array_split(np.arange(horizon), min(_BUCKETS, horizon)):
        found += [_quantile(shares[:, :, steps].ravel(), counts[:, :, steps].ravel(), level / 100)] * len(steps)
    return np.maximum.accumulate(np.array(found))


def _quantile(values: Floats, counts: Floats, share: float) -> float:
    """The least value that `share` of all, and one more, don't pass."""
    return least(values, counts, min(1.0, share * (1 + 1 / max(int((counts > 0).sum()), 1))))


def least(values: Floats, counts: Floats, share: float) -> float:
    """The least value that `share` of all don't pass."""
    order = np.argsort(values)
    reached = np.cumsum(counts[order]) / max(float(counts.sum()), 1e-12)
    return float(values[order][min(int(np.searchsorted(reached, share - 1e-12)), len(values) - 1)])
