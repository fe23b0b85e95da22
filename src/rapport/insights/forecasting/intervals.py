"""How far off forecasts may be, from how far off those before them were.

Errors are counted in multiples of what is usual for the series, so that all series tell together how far they spread
(split conformal prediction, Vovk and others 2005). The looks overlap and are few: so the reach is widened as Student's
distribution is against the normal one, by the number of looks alone, and never shrinks for later periods.
"""

from collections.abc import Sequence
from math import ceil
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_PRIOR = 6.0
_BUCKETS = 3


def half_widths(looks: Sequence[tuple[Floats, Floats]], level: int) -> Floats:
    """From (foreseen, came) of earlier looks, NaN where it had not come; shape (series, periods)."""
    errors = np.array([np.abs(foreseen - came) for foreseen, came in looks])
    known = ~np.isnan(errors)
    sizes = np.array([np.nan_to_num(came) for _foreseen, came in looks])
    usual = _usual(np.nan_to_num(errors), sizes, known)
    shares = np.where(known, errors / usual[None, :, None], np.nan)
    reach: list[float] = []
    for periods in np.array_split(np.arange(errors.shape[2]), min(_BUCKETS, errors.shape[2])):
        reach += [_reach(shares[:, :, periods], level)] * len(periods)
    return np.asarray(usual[:, None] * np.maximum.accumulate(np.nan_to_num(reach))[None, :], dtype=np.float64)


def _usual(errors: Floats, sizes: Floats, known: NDArray[np.bool_]) -> Floats:
    """The mean error of each series, drawn towards that of series of its size."""
    times = known.sum(axis=(0, 2))
    size = np.where(known, sizes, 0).sum(axis=(0, 2)) / np.maximum(times, 1)
    by_size = errors.sum() / max(float((size * times).sum()), 1e-9)
    return np.asarray((errors.sum(axis=(0, 2)) + _PRIOR * by_size * size) / (times + _PRIOR) + 1e-9)


def _reach(shares: Floats, level: int) -> float:
    """Which multiple `level` per cent of the errors of a period don't pass, widened for few looks."""
    values = np.sort(shares[~np.isnan(shares)])
    looks = int((~np.isnan(shares)).any(axis=(1, 2)).sum())
    if looks < 2:
        return 0.0
    place = min(ceil((len(values) + 1) * level / 100), len(values))
    return float(values[place - 1]) * _widened(looks, level)


def _widened(looks: int, level: int) -> float:
    """Student's quantile over the normal one, by Cornish and Fisher's expansion (1938)."""
    z = NormalDist().inv_cdf(0.5 + level / 200)
    free = looks - 1
    return 1 + (z * z + 1) / (4 * free) + (5 * z**4 + 16 * z * z + 3) / (96 * free**2)
