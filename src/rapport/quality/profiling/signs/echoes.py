"""Cells that lack what others of their column share with another cell of their row, as an e-mail repeats a name."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from rapport.quality.profiling.grid import Column, Grid
from rapport.quality.profiling.relations import Relation, blame, trust_of
from rapport.quality.profiling.suspicion import Suspicions

_A_FEW = 50
_MOST_COLUMNS = 16
_SHORTEST = 4
_MOSTLY_DIFFERENT = 30
_TRIED = 400
_HOLDS = 0.8
_BY_CHANCE = 0.1
_LEVELS = (100.0, 90.0, 80.0, 70.0)
Scores = npt.NDArray[np.float32]


def find(grid: Grid) -> Suspicions:
    """Suspect cells that lack what nearly all cells of their column share with another one of their row."""
    found = Suspicions("echo")
    dice = np.random.default_rng(1)
    blame(found, list(_echoes(grid, dice)))
    return found


def _echoes(grid: Grid, dice: np.random.Generator) -> Iterator[Relation]:
    places = [place for place, column in enumerate(grid.columns) if _may_echo(column)][:_MOST_COLUMNS]
    for one, other in combinations(places, 2):
        rows = _rows_with_both(grid.columns[one], grid.columns[other])
        if len(rows) < _A_FEW:
            continue
        level = _level(grid, one, other, dice.permutation(rows)[:_TRIED], dice)
        if level:
            yield _relation(grid, one, other, rows, level)


def _may_echo(column: Column) -> bool:
    """Texts of some length that differ: a few choices repeat by chance."""
    if column.filled < _A_FEW or column.different < _MOSTLY_DIFFERENT:
        return False
    lengths = [len(column.plain[code]) for code in column.by_count]
    return float(np.median(lengths)) >= _SHORTEST


def _rows_with_both(one: Column, other: Column) -> npt.NDArray[np.int64]:
    long = [
        np.array([len(plain) >= _SHORTEST for plain in column.plain], dtype=bool)[column.codes]
        for column in (one, other)
    ]
    return np.flatnonzero(long[0] & long[1])


def _level(grid: Grid, one: int, other: int, rows: npt.NDArray[np.int64], dice: np.random.Generator) -> float | None:
    """The greatest likeness that nearly all rows reach and few strangers do."""
    told = _scores(grid, one, other, rows, rows)
    strange = _scores(grid, one, other, rows, dice.permutation(rows))
    for level in _LEVELS:
        if (told >= level).mean() >= _HOLDS and (strange >= level).mean() <= _BY_CHANCE:
            return level
    return None


def _scores(grid: Grid, one: int, other: int, rows: npt.NDArray[np.int64], others: npt.NDArray[np.int64]) -> Scores:
    """How much of the shorter text the longer one holds, in percent."""
    left = _plain(grid.columns[one], rows)
    right = _plain(grid.columns[other], others)
    return np.asarray(process.cpdist(left, right, scorer=fuzz.partial_ratio, dtype=np.float32), dtype=np.float32)


def _plain(column: Column, rows: npt.NDArray[np.int64]) -> Sequence[str]:
    return [column.plain[code] for code in column.codes[rows]]


def _relation(grid: Grid, one: int, other: int, rows: npt.NDArray[np.int64], level: float) -> Relation:
    scores = _scores(grid, one, other, rows, rows)
    holds, fails = (np.zeros(grid.height, dtype=bool) for _flags in range(2))
    holds[rows[scores >= level]] = True
    fails[rows[scores < level]] = True
    names = [grid.columns[place].name for place in (one, other)]
    share = holds.sum() / len(rows)
    reason = f"In {share:.0%} of the rows “{names[0]}” and “{names[1]}” hold the same words or numbers; not here."
    return Relation((one, other), holds, fails, reason, trust=trust_of(float(share)))
