"""How good foreseen revenues are. All take what came and what was foreseen, shape (customers,)."""

from dataclasses import dataclass

import numpy as np

from .purchases import Floats


@dataclass(frozen=True)
class Measures:
    """`gini`: how well customers are put in order, 1 as if one knew, 0 by chance; `bias`: the total's error, as a share
    of what came."""

    mean_absolute_error: float
    gini: float
    bias: float


def measures_of(came: Floats, foreseen: Floats) -> Measures:
    """All figures of one algorithm; NaN where nobody brought anything."""
    total = came.sum()
    bias = float(foreseen.sum() / total - 1) if total > 0 else float("nan")
    return Measures(float(np.abs(came - foreseen).mean()), normalised_gini(came, foreseen), bias)


def normalised_gini(came: Floats, foreseen: Floats) -> float:
    """Area between the curve of revenue by customers in the foreseen order and the diagonal, over the same for the
    perfect order; customers foreseen alike count with their mean."""
    came = np.maximum(came, 0)
    perfect = _area(came, came)
    return float(_area(came, foreseen) / perfect) if perfect > 0 else float("nan")


def _area(came: Floats, by: Floats) -> float:
    values, where = np.unique(-by, return_inverse=True)
    customers = np.bincount(where).astype(np.float64)
    revenue = np.bincount(where, weights=came) / max(came.sum(), 1e-12)
    reached = np.concatenate([[0.0], np.cumsum(revenue)])
    return float((customers / len(came) * (reached[1:] + reached[:-1]) / 2).sum() - 0.5) if len(values) else 0.0
