"""Pairs of items that are bought together more often than chance would have it."""

from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from scipy.stats import hypergeom

from .purchases import Purchases

_FEWEST_TOGETHER = 5
_SHARE_OF_FALSE = 0.05
_SURE = 1.96

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Rule:
    """Who buys `first` buys `then` too: in `together` baskets, `support` of all and `confidence` of those with
    `first`; that is `lift` times as often as by chance, with a 95 % interval. `chance` is the corrected p-value."""

    first: str
    then: str
    together: int
    support: float
    confidence: float
    lift: float
    lift_low: float
    lift_high: float
    chance: float


def rules_of(purchases: Purchases, *, most: int = 50) -> list[Rule]:
    """The rules that hold, the surest lift first.

    Each pair is tried by Fisher's exact test, one-sided; of all pairs compared, those are kept among which at most 5 %
    are false (Benjamini and Hochberg, JRSS B 57, 1995). A pair is told once, in the direction of higher confidence.
    """
    held = purchases.by_basket()
    baskets = float(held.shape[0])
    pairs = (held.T @ held).tocoo()
    sold = np.asarray(held.sum(axis=0), dtype=np.float64).ravel()
    upper: NDArray[np.bool_] = (pairs.row < pairs.col) & (pairs.data >= _FEWEST_TOGETHER)
    one, other, together = pairs.row[upper], pairs.col[upper], np.round(pairs.data[upper]).astype(np.float64)
    often = float((sold >= _FEWEST_TOGETHER).sum())
    chance = _corrected(hypergeom.sf(together - 1, baskets, sold[one], sold[other]), compared=often * (often - 1) / 2)
    lift = baskets * together / (sold[one] * sold[other])
    error = _error_of_log_lift(together, sold[one], sold[other], baskets)
    surest = lift * np.exp(-_SURE * error)
    best = [pair for pair in np.argsort(-surest, kind="stable") if chance[pair] <= _SHARE_OF_FALSE and surest[pair] > 1]
    high = lift * np.exp(_SURE * error)
    found = zip(one[best], other[best], together[best], lift[best], surest[best], high[best], chance[best], strict=True)
    rules = []
    for first, then, count, *rest in islice(found, most):
        rarer, commoner = sorted((first, then), key=lambda code: sold[code])
        support, confidence = float(count / baskets), float(count / sold[rarer])
        names = purchases.items[rarer], purchases.items[commoner]
        rules.append(Rule(*names, int(count), support, confidence, *(float(figure) for figure in rest)))
    return rules


def _error_of_log_lift(together: Floats, one: Floats, other: Floats, baskets: float) -> Floats:
    """Standard error of the lift's logarithm, by the delta method over the four kinds of baskets."""
    variance = 1 / together - 1 / one - 1 / other + 2 * together / (one * other) - 1 / baskets
    return np.sqrt(np.maximum(variance, 0))


def _corrected(chance: Floats, *, compared: float) -> Floats:
    """P-values after the correction; pairs seen together too rarely count as compared, too."""
    order = np.argsort(chance)
    ranked = chance[order] * compared / np.arange(1, len(chance) + 1)
    corrected = np.empty(len(chance))
    corrected[order] = np.minimum(np.minimum.accumulate(ranked[::-1])[::-1], 1.0)
    return corrected
