"""Rows that were copied, as when the rarer answer was multiplied or a file was joined with itself.

Tried on copies of what it learned from, any estimator seems to know the future. Rows may be alike by chance, too, but
then they don't all have the same answer: of rows alike to one that says yes, about as many say yes as such rows do.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .columns import Column, ColumnKind
from .measures import Booleans

_FEWEST_ROWS = 20
_FEWEST_SHARE = 0.01
_FEWEST_PAIRS = 10
_AGREE = 0.97
_TELLING = 0.8
"""An answer of more rows than that would often be the same in both by chance."""
_PRIME = np.uint64(1_000_003)

Marks = NDArray[np.uint64]


def copied_rows(columns: Sequence[Column], yes: Booleans) -> Booleans:
    """Which rows copy an earlier one: bool of shape (rows,), none where they are alike by chance or few.

    Rows are alike if all columns are but those that number the rows.
    """
    nothing = np.zeros(len(yes), dtype=bool)
    told = [column for column in columns if column.kind not in (ColumnKind.IDENTIFIER, ColumnKind.CONSTANT)]
    if not told:
        return nothing
    marks = _marks(told)
    order = np.argsort(marks, kind="stable")
    alike = np.flatnonzero(marks[order][1:] == marks[order][:-1])
    later, before = order[alike + 1], order[alike]
    if len(later) < max(_FEWEST_ROWS, _FEWEST_SHARE * len(yes)) or not _agree(yes, later, before):
        return nothing
    nothing[later[yes[later] == yes[before]]] = True
    return nothing


def _marks(columns: Sequence[Column]) -> Marks:
    """One number a row, another where any column is another."""
    marks = np.zeros(len(columns[0].texts), dtype=np.uint64)
    for column in columns:
        of_column = column.coded.places if column.numbers is None else np.nan_to_num(column.numbers, nan=np.pi)
        marks = (marks ^ (marks >> np.uint64(29))) * _PRIME + of_column.view(np.uint64)
    return marks


def _agree(yes: Booleans, later: NDArray[np.intp], before: NDArray[np.intp]) -> bool:
    """Whether nearly all pairs with an answer have it on both sides, of an answer that isn't nearly everywhere."""
    shares = {True: 1.0, False: 1.0}
    for answer in shares:
        side = yes == answer
        pairs = side[later] | side[before]
        if pairs.sum() >= _FEWEST_PAIRS:
            shares[answer] = float(side.mean())
            if (side[later] & side[before])[pairs].mean() < _AGREE:
                return False
    return min(shares.values()) <= _TELLING
