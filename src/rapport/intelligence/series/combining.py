"""Weights of forecasters, by how they did at earlier origins.

Half is chosen greedily, with repetition, for the least error of the mixture (Caruana et al., ICML 2004), half is given
by how near each alone came to the best: the first is sharp, the second doesn't fall for chance.
"""

from collections.abc import Sequence

import numpy as np

from .smoothing import Floats

_ROUNDS = 12
_POWER = 8.0
_LEAST = 1e-9


def weights_of(trials: Sequence[tuple[dict[str, Floats], Floats]]) -> dict[str, float]:
    """`trials`: the forecasts by name and what came. All the same without a trial."""
    if not trials:
        return {}
    names = list(trials[0][0])
    offered = [(np.array([forecasts[name] for name in names]), came) for forecasts, came in trials]
    alone = np.array([[wape(one, came) for one in given] for given, came in offered])
    alone = np.maximum(alone, _LEAST)
    relative = (alone / alone.min(axis=1, keepdims=True)).mean(axis=0)
    near = np.minimum(relative, 1e6) ** -_POWER
    weights = (_greedy(offered, len(names)) + near / near.sum()) / 2
    return dict(zip(names, weights.tolist(), strict=True))


def combined(forecasts: dict[str, Floats], weights: dict[str, float]) -> Floats:
    """The mixture; the plain mean without weights."""
    if not weights:
        return np.asarray(np.mean(list(forecasts.values()), axis=0), dtype=np.float64)
    mixture = sum(weights[name] * one for name, one in forecasts.items())
    return np.asarray(mixture, dtype=np.float64)


def _greedy(offered: Sequence[tuple[Floats, Floats]], number: int) -> Floats:
    taken = np.zeros(number)
    sums = [np.zeros(came.shape) for _given, came in offered]
    for round_ in range(1, _ROUNDS + 1):
        errors = [
            [wape((so_far + one) / round_, came) for one in given]
            for so_far, (given, came) in zip(sums, offered, strict=True)
        ]
        best = int(np.mean(errors, axis=0).argmin())
        taken[best] += 1
        sums = [so_far + given[best] for so_far, (given, _came) in zip(sums, offered, strict=True)]
    return np.asarray(taken / taken.sum(), dtype=np.float64)


def wape(foreseen: Floats, came: Floats) -> float:
    """Sum of absolute errors over the sum of what came, in shares; where nothing was known doesn't count."""
    known = ~np.isnan(came)
    return float(np.abs(foreseen - came)[known].sum() / max(np.abs(came[known]).sum(), 1e-9))
