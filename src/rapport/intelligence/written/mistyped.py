"""Dates that are most likely mistyped: a few that lie far from all others."""

import numpy as np
from numpy.typing import NDArray

_FEWEST = 20
_MOST = 200
_SHORTEST = 366.0

Floats = NDArray[np.float64]


def mistyped_days(days: Floats) -> NDArray[np.bool_]:
    """Where a date is most likely mistyped: bool, of the shape of `days` since 1970, NaN where there is none.

    At either end at most one in 200, beyond a gap longer than all others together reach, and longer than a year.
    """
    known = np.sort(days[~np.isnan(days)])
    if len(known) < _FEWEST:
        return np.zeros(len(days), dtype=bool)
    most = max(1, len(known) // _MOST)
    gap = max(float(known[-1 - most] - known[most]), _SHORTEST)
    return (days < _border(known[: most + 1], gap)) | (days > -_border(-known[::-1][: most + 1], gap))


def _border(outermost: Floats, gap: float) -> float:
    """The first of these that no such gap parts from the next."""
    far = np.flatnonzero(np.diff(outermost) > gap)
    return float(outermost[far.max() + 1]) if len(far) else -np.inf
