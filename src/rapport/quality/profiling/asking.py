"""Which rows are worth correcting by hand, so that a program learns most from them."""

from collections import Counter

import numpy as np

from .inspection import Inspection
from .shapes import outline


def rows_to_ask(inspection: Inspection, count: int) -> list[int]:
    """Rows, each of which shows as many kinds of cell not seen yet as possible; a kind counts for all its cells.

    A kind is what the signs say, in quarters, and the look; cells nothing speaks against are of little interest.
    """
    kinds = [_kinds(inspection, place) for place in range(len(inspection.grid.columns))]
    sizes = [np.bincount(kind) for kind in kinds]
    worth = [
        np.log1p(size) * (0.1 + _doubt(inspection, place, kind))
        for place, (kind, size) in enumerate(zip(kinds, sizes, strict=True))
    ]
    chosen: list[int] = []
    seen: Counter[int] = Counter()
    for _turn in range(min(count, inspection.grid.height)):
        gains = sum(
            (gain[kind] for gain, kind in zip(worth, kinds, strict=True)), start=np.zeros(inspection.grid.height)
        )
        gains[chosen] = -1
        row = int(np.argmax(gains))
        chosen.append(row)
        seen[row] += 1
        for gain, kind in zip(worth, kinds, strict=True):
            gain[kind[row]] *= 0.3
    return chosen


def _kinds(inspection: Inspection, place: int) -> "np.typing.NDArray[np.int64]":
    column = inspection.grid.columns[place]
    said = np.column_stack(list(inspection.said_of(place).values()))
    _rows, signs = np.unique(np.round(said * 4).astype(np.int8), axis=0, return_inverse=True)
    known: dict[str, int] = {}
    looks = np.array([known.setdefault(outline(value.strip()), len(known)) for value in column.values])[column.codes]
    _kinds, found = np.unique(looks * (int(signs.max(initial=0)) + 1) + signs.ravel(), return_inverse=True)
    return np.asarray(found, dtype=np.int64)


def _doubt(inspection: Inspection, place: int, kind: "np.typing.NDArray[np.int64]") -> "np.typing.NDArray[np.float64]":
    """By kind, how near to a toss-up its cells are; what is surely wrong still teaches something."""
    likelihoods = inspection.likelihoods(place)
    mean = np.bincount(kind, weights=likelihoods) / np.bincount(kind)
    return np.asarray(np.sqrt(mean * (1 - 0.5 * mean)))
