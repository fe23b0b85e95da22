"""Whether whole numbers are codes: values beside each other then differ in their answers as if they weren't beside.

An age of 41 says yes about as often as one of 40 and 42; a trade numbered 41 needn't. Each value is held against its
two neighbours on either side, in units of the difference that chance alone would make.
"""

import numpy as np

from .columns import Floats
from .measures import Booleans

_FEW_VALUES = 12
_ROWS_PER_CODE = 20
_NEIGHBOURS = 2
_SURE = 6.0
"""In standard errors. Of 100 columns of development tables, counts and ages lay below 3, codes at 10 to 77; between
them were numbers with steps, as years of school, which trees and steps follow as well by themselves."""
_SHARED = 1.5
"""How much more the mean strays because neighbours are compared with the same rows."""


def are_codes(numbers: Floats, yes: Booleans) -> bool:
    """Whether the values of a column (shape (rows,), NaN where missing) had better be told by their own answers."""
    known = ~np.isnan(numbers)
    given = numbers[known]
    if not np.all(given == np.floor(given)):
        return False
    values, places = np.unique(given, return_inverse=True)
    if not _FEW_VALUES < len(values) <= len(given) / _ROWS_PER_CODE:
        return False
    rows, positives = np.bincount(places), np.bincount(places[yes[known]], minlength=len(values))
    return _standing_out(rows.astype(np.float64), positives.astype(np.float64)) >= _SURE


def _standing_out(rows: Floats, positives: Floats) -> float:
    """By how many standard errors the values, in their order, differ more from their neighbours than by chance."""
    rows_beside, positives_beside = _beside(rows), _beside(positives)
    all_rows = rows + rows_beside
    rate = np.clip((positives + positives_beside) / all_rows, 0.5 / all_rows, 1 - 0.5 / all_rows)
    spread = rate * (1 - rate)
    apart = (positives / rows - positives_beside / rows_beside) ** 2 / (spread * (1 / rows + 1 / rows_beside))
    error = np.sqrt(_SHARED * np.mean(2 + 1 / (rows * spread)) / len(rows))
    return float((apart.mean() - 1) / error)


def _beside(counts: Floats) -> Floats:
    wide = np.pad(counts, _NEIGHBOURS)
    width = 2 * _NEIGHBOURS + 1
    return np.convolve(wide, np.ones(width), mode="valid") - counts
