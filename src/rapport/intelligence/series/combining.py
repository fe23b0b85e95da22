"""Weights of forecasters, by how they did at earlier origins.

Half is chosen greedily, with repetition, for the least error of the mixture (Caruana et al., ICML 2004), half is given
by how near each alone came to the best over all of them: the first is sharp, the second doesn't fall for chance.

Series without two seasons behind them have weights of their own: what tells season from trend in the others takes the
one for the other in them, and a single such series would speak against the best forecaster of all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .smoothing import Floats

_ROUNDS = 12
_POWER = 8.0
_LEAST = 1e-9
_FEWEST_YOUNG = 3  # series, over all trials, to choose by

Flags = NDArray[np.bool_]
Past = tuple[dict[str, Floats], Floats, Flags]
"""The forecasts by name, what came, and which series were young."""


@dataclass(frozen=True)
class Mixture:
    """The weights of forecasters for series with two seasons behind them, and for younger ones."""

    grown: dict[str, float]
    young: dict[str, float]

    def of(self, forecasts: dict[str, Floats], young: Flags) -> Floats:
        """The mixed forecast, shape (series, horizon)."""
        mixed = combined(forecasts, self.grown)
        return np.where(young[:, None], combined(forecasts, self.young), mixed) if young.any() else mixed


def mixture_of(past: Sequence[Past]) -> Mixture:
    """Chosen apart for young series and others, where there are enough of them to choose by."""
    grown = [(forecasts, _only(came, ~young)) for forecasts, came, young in past]
    younger = [(forecasts, _only(came, young)) for forecasts, came, young in past]
    every = [(forecasts, came) for forecasts, came, _young in past]
    seen = sum(int((~np.isnan(came)).any(axis=1).sum()) for _forecasts, came in younger)
    return Mixture(
        weights_of(_telling(grown) or every), weights_of(_telling(younger) if seen >= _FEWEST_YOUNG else every)
    )


def _only(came: Floats, which: Flags) -> Floats:
    return np.where(which[:, None], came, np.nan)


def _telling(trials: Sequence[tuple[dict[str, Floats], Floats]]) -> list[tuple[dict[str, Floats], Floats]]:
    return [(forecasts, came) for forecasts, came in trials if not np.isnan(came).all()]


def weights_of(trials: Sequence[tuple[dict[str, Floats], Floats]]) -> dict[str, float]:
    """`trials`: the forecasts by name and what came. All the same without a trial. Where something came in some, those
    where nothing did aren't counted: any error is endless beside it."""
    trials = [one for one in trials if np.nansum(np.abs(one[1])) > 0] or trials
    if not trials:
        return {}
    names = list(trials[0][0])
    offered = [(np.array([forecasts[name] for name in names]), came) for forecasts, came in trials]
    alone = np.array([[wape(one, came) for one in given] for given, came in offered])
    sums = np.maximum(alone.sum(axis=0), _LEAST)
    relative = sums / sums.min()
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
