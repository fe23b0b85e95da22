"""What another policy would have brought, from what was logged under the old one with its propensities.

Inverse propensity (Horvitz and Thompson 1952), self-normalised (Swaminathan and Joachims 2015), the direct method and
doubly robust (Dudik, Langford and Li 2011). Rows that were logged together form one cluster; the value is the sum over
a cluster, on average, and intervals are normal ones over clusters.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Logged:
    """Rows as logged; n values in each column.

    `weight` is how much more probable what was shown is under the new policy than it was under the old one,
    `foreseen_shown` the reward foreseen of what was shown, `foreseen_new` that of what the new policy would show.
    """

    reward: Numbers
    weight: Numbers
    foreseen_shown: Numbers
    foreseen_new: Numbers
    cluster: NDArray[np.int64]


@dataclass(frozen=True)
class Estimate:
    """A value with its interval; `effective` is how many clusters' worth of evidence the weights leave."""

    value: float
    low: float
    high: float
    clusters: int
    effective: float = 0.0


def inverse_propensity(rows: Logged, *, confidence: float = 0.95) -> Estimate:
    """Unbiased; varies much where weights are large."""
    return _mean(rows, rows.weight * rows.reward, confidence)


def self_normalised(rows: Logged, *, confidence: float = 0.95) -> Estimate:
    """Divided by the weights' own mean: a little biased, and much steadier."""
    places, count = _places(rows)
    share = float(rows.weight.mean()) or 1.0
    value = float((rows.weight * rows.reward).mean()) / share
    strays = np.bincount(places, weights=rows.weight * (rows.reward - value), minlength=count) / share
    size = len(rows.reward) / count
    error = float(strays.std(ddof=1)) / np.sqrt(count) if count > 1 else float("inf")
    width = NormalDist().inv_cdf((1 + confidence) / 2) * error
    return Estimate(value * size, value * size - width, value * size + width, count, _effective(rows))


def direct(rows: Logged, *, confidence: float = 0.95) -> Estimate:
    """What the model foresees; as good as the model."""
    return _mean(rows, rows.foreseen_new, confidence)


def doubly_robust(rows: Logged, *, confidence: float = 0.95) -> Estimate:
    """What the model foresees, mended by where it was wrong: right if either the model or the propensities are."""
    return _mean(rows, rows.foreseen_new + rows.weight * (rows.reward - rows.foreseen_shown), confidence)


def _mean(rows: Logged, told: Numbers, confidence: float) -> Estimate:
    places, count = _places(rows)
    sums = np.bincount(places, weights=told, minlength=count)
    value = float(sums.mean())
    error = float(sums.std(ddof=1)) / np.sqrt(count) if count > 1 else float("inf")
    width = NormalDist().inv_cdf((1 + confidence) / 2) * error
    return Estimate(value, value - width, value + width, count, _effective(rows))


def _places(rows: Logged) -> tuple[NDArray[np.int64], int]:
    names, places = np.unique(rows.cluster, return_inverse=True)
    return places.astype(np.int64), len(names)


def _effective(rows: Logged) -> float:
    squares = float((rows.weight**2).sum())
    return float(rows.weight.sum()) ** 2 / squares if squares else 0.0
