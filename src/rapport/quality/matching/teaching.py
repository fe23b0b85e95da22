"""How much each respect of likeness counts: learned from the pairs of which the table itself leaves little doubt.

Logistic regression with weights that are never negative (being alike speaks for being the same), fitted again and again
to the pairs that its own last answer makes clear.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit

from .likeness import Likeness

Marks = npt.NDArray[np.bool_]

_PULL = 0.5  # towards weights of nothing


@dataclass(frozen=True)
class Weights:
    """A weight for each respect, in standard deviations of it."""

    middle: npt.NDArray[np.float64]
    width: npt.NDArray[np.float64]
    weights: npt.NDArray[np.float64]
    start: float

    def parts(self, likeness: Likeness) -> Likeness:
        """What each respect of each pair adds to its score."""
        return np.asarray((likeness - self.middle) / self.width * self.weights)

    def score(self, likeness: Likeness) -> npt.NDArray[np.float64]:
        """The log-odds of each pair, as far as the lesson goes."""
        return np.asarray(self.parts(likeness).sum(axis=1) + self.start)


def weights_from(likeness: Likeness, same: Marks, different: Marks) -> Weights:
    """Fit to the pairs marked; both kinds count as much, however many they are."""
    middle, width = likeness.mean(axis=0), np.maximum(likeness.std(axis=0), 1e-9)
    marked = same | different
    told = same[marked]
    inputs = np.column_stack([(likeness[marked] - middle) / width, np.ones(int(marked.sum()))])
    share = np.where(told, 0.5 / max(told.sum(), 1), 0.5 / max((~told).sum(), 1)) * len(told)

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        scores = inputs @ weights
        signed = np.where(told, scores, -scores)
        slope = inputs.T @ (share * (expit(scores) - told))
        pulled = np.append(weights[:-1], 0.0)
        return float(share @ np.logaddexp(0, -signed) + _PULL * pulled @ pulled), slope + 2 * _PULL * pulled

    bounds = [(0.0, None)] * likeness.shape[1] + [(None, None)]
    found = minimize(loss, np.zeros(inputs.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds).x
    return Weights(middle, width, found[:-1], float(found[-1]))
