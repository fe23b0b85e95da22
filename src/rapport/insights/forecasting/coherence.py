"""Forecasts that add up: those of teams, of products and of countries each to that of all together."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_LITTLE = 1e-9


def constraints(dimensions: Sequence[str]) -> Floats:
    """A row for each dimension of the series, the first of which is all together: what must be nought."""
    kinds = sorted(set(dimensions[1:]))
    rows = np.zeros((len(kinds), len(dimensions)))
    for place, kind in enumerate(kinds):
        rows[place] = [float(one == kind) for one in dimensions]
        rows[place, 0] = -1.0
    return rows


def coherent(forecasts: Floats, errors: Floats, demanded: Floats) -> Floats:
    """Moved as little as their usual errors allow, so that the sums agree; never below nought. Shape (series, steps).

    The projection is that of MinT (Wickramasuriya, Athanasopoulos and Hyndman, JASA 114, 2019) written for grouped
    series by what must hold (Di Fonzo and Girolimetto 2023), with the squares of earlier errors as variances.
    """
    if not len(demanded):
        return np.maximum(forecasts, 0.0)
    weights = np.square(errors) + _LITTLE * (1 + np.square(errors).mean())
    spread = weights[:, None] * demanded.T
    moved = forecasts - spread @ np.linalg.pinv(demanded @ spread) @ (demanded @ forecasts)
    return _never_below(np.asarray(moved, dtype=np.float64), demanded)


def _never_below(forecasts: Floats, demanded: Floats) -> Floats:
    """Nothing below nought; the parts of each dimension are scaled to what all together have."""
    found = np.maximum(forecasts, 0.0)
    for row in demanded:
        parts = row > 0
        sums = found[parts].sum(axis=0)
        scale = np.where(sums > 0, found[0] / np.maximum(sums, _LITTLE), 0.0)
        even = np.where(sums > 0, 0.0, found[0] / parts.sum())
        found[parts] = found[parts] * scale + even
    return found
