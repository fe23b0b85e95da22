"""From which score on two rows count as the same, told without labels.

In *two tables*, each clean in itself, a row has one counterpart at most: it and its counterpart are each other's best.
The runners-up show what strangers reach; a pair counts while more than half of the best pairs of its score can't be
strangers (the local false discovery rate of Efron, 2004). Rows without a counterpart have a mutual best in about
every second case, which tells how many rows have one.

In *one table* the same rows may stand often. There the threshold is taken that contradicts itself least: when A is the
same as B and B the same as C, A and C should reach it too (as in the correlation clustering of Bansal, Blum and Chawla,
2004).
"""

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.stats import gumbel_r
from sklearn.isotonic import IsotonicRegression

from .nearest import Pairs
from .teaching import Marks

Scores = npt.NDArray[np.float64]

_MUTUAL_BY_CHANCE = 0.5
_STRANGERS_AT_MOST = 0.5
_LOWER = 0.16
_BY_CHANCE_AT_MOST = 0.1
_CONTRADICTION = 1.5  # how much a pair that should be there weighs against one that is


def mutual_bests(pairs: Pairs, scores: Scores, height: int) -> Marks:
    """The pairs in which each is the other's best."""
    best = _best(pairs, scores, height)
    return np.asarray((scores >= best[pairs[:, 0]]) & (scores >= best[pairs[:, 1]]))


def _best(pairs: Pairs, scores: Scores, height: int) -> Scores:
    best = np.full(height, -np.inf)
    np.maximum.at(best, pairs[:, 0], scores)
    np.maximum.at(best, pairs[:, 1], scores)
    return best


def runners_up(pairs: Pairs, scores: Scores, mutual: Marks, height: int) -> Scores:
    """For each pair, the best score that either of its rows has with another row that is not its mutual best."""
    others = _best(pairs[~mutual], scores[~mutual], height)
    found = np.maximum(others[pairs[:, 0]], others[pairs[:, 1]])
    return np.asarray(np.where(np.isfinite(found), found, np.median(scores)))


def threshold_of_two_tables(pairs: Pairs, scores: Scores, *, border: int, height: int) -> float:
    """The lowest score of a mutual best that is more likely a counterpart than a stranger."""
    mutual = mutual_bests(pairs, scores, height)
    reached, strangers = scores[mutual], runners_up(pairs, scores, mutual, height)[mutual]
    rate = mutual.sum() / max(min(border, height - border), 1)
    share = max(0.0, (rate - _MUTUAL_BY_CHANCE) / (1 - _MUTUAL_BY_CHANCE)) / max(rate, 1e-9)
    told = np.concatenate([np.ones(len(reached)), np.zeros(len(strangers))])
    rising = IsotonicRegression(y_min=0.001, y_max=0.999, out_of_bounds="clip")
    likely = rising.fit(np.concatenate([reached, strangers]), told).predict(reached)
    strange = (1 - min(share, 1.0)) * (1 - likely) / likely
    kept = reached[strange <= _STRANGERS_AT_MOST]
    return float(kept.min()) if len(kept) else float("inf")


def threshold_of_one_table(
    pairs: Pairs, scores: Scores, height: int, *, contradiction: float = _CONTRADICTION
) -> float:
    """The score from which on the pairs contradict each other least."""
    tried = np.unique(np.quantile(scores, np.concatenate([np.arange(0.3, 0.9, 0.02), np.arange(0.9, 1.0, 0.0025)])))
    gains = [_gain(pairs[scores >= score], height, contradiction) for score in tried]
    return float(tried[int(np.argmax(gains))])


def threshold_against_strangers(pairs: Pairs, scores: Scores, threshold: float, height: int) -> float:
    """The threshold, raised until at most a tenth of the rows that reach it would do so among strangers.

    How near strangers come is read from each row's best outside its group: the greatest of many, so Gumbel's
    distribution, fitted to its lower half alone, as duplicates that were missed make the upper half longer.
    """
    kept = scores >= threshold
    group_of = _groups(pairs[kept], height)
    apart = group_of[pairs[:, 0]] != group_of[pairs[:, 1]]
    best = np.sort(_reached(pairs, scores, height))
    strangers = _reached(pairs[apart], scores[apart], height)
    tried = np.unique(scores[kept])
    if len(strangers) == 0 or len(tried) == 0:
        return threshold
    low, middle = np.quantile(strangers, _LOWER), np.median(strangers)
    width = max(float(middle - low) / float(gumbel_r.ppf(0.5) - gumbel_r.ppf(_LOWER)), 1e-9)
    by_chance = len(strangers) * gumbel_r.sf(tried, middle - width * gumbel_r.ppf(0.5), width)
    fine = tried[by_chance <= _BY_CHANCE_AT_MOST * (len(best) - np.searchsorted(best, tried))]
    return max(threshold, float(fine.min())) if len(fine) else threshold


def _reached(pairs: Pairs, scores: Scores, height: int) -> Scores:
    """The best score of each row that has one."""
    best = _best(pairs, scores, height)
    return best[np.isfinite(best)]


def _groups(pairs: Pairs, height: int) -> npt.NDArray[np.int32]:
    graph = coo_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(height, height))
    return np.asarray(connected_components(graph, directed=False)[1])


def _gain(pairs: Pairs, height: int, contradiction: float) -> float:
    """The pairs there are, less those that would follow from them and are not there."""
    sizes = np.bincount(_groups(pairs, height)).astype(np.float64)
    following = float((sizes * (sizes - 1) / 2).sum()) - len(pairs)
    return len(pairs) - contradiction * following
