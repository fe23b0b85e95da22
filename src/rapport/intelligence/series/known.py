"""Means over what is known of each series; NaN where nothing is, without a warning.

Numpy's `nanmean` and the like warn where a row is empty, and silencing warnings reaches into all other threads.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def mean_of_known(values: Floats) -> Floats:
    """The mean of each row of values (series, time); shape (series,)."""
    is_known = ~np.isnan(values)
    return _shared_out(np.where(is_known, values, 0.0).sum(axis=1), is_known.sum(axis=1))


def deviation_of_known(values: Floats) -> Floats:
    """The standard deviation of each row of values (series, time), in their unit; shape (series,)."""
    is_known = ~np.isnan(values)
    apart = np.where(is_known, values - mean_of_known(values)[:, None], 0.0)
    return np.asarray(np.sqrt(_shared_out((apart * apart).sum(axis=1), is_known.sum(axis=1))), dtype=np.float64)


def median_of_known(values: Floats) -> float:
    """The median of all values."""
    known = values[~np.isnan(values)]
    return float(np.median(known)) if len(known) else float("nan")


def _shared_out(sums: Floats, counts: NDArray[np.int64]) -> Floats:
    shares: Floats = np.divide(sums, counts, out=np.full(sums.shape, np.nan), where=counts > 0)
    return shares
