"""Empty cells where rows like theirs have a value, and values where rows like theirs have none."""

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from rapport.quality.profiling.grid import Column, Grid
from rapport.quality.profiling.relations import Relation, blame
from rapport.quality.profiling.suspicion import Suspicions

_OF_A_GROUP = 15
_MOST_GROUPS = 30
_MOST_COLUMNS = 40
_ALWAYS = 0.99
_WEAK = 0.6  # habits have exceptions: this adds to other signs
_OPTIONAL = (0.02, 0.96)
Flags = npt.NDArray[np.bool_]


def find(grid: Grid) -> Suspicions:
    """Suspect cells that are empty, or filled, against the habit of the rows that share another value."""
    found = Suspicions("lacking")
    filled = {
        place: column.codes != column.blank
        for place, column in enumerate(grid.columns)
        if grid.height and _OPTIONAL[0] < column.filled / grid.height < _OPTIONAL[1]
    }
    blame(found, list(_habits(grid, dict(list(filled.items())[:_MOST_COLUMNS]))))
    return found


def _habits(grid: Grid, filled: Mapping[int, Flags]) -> Iterator[Relation]:
    for place, has in filled.items():
        for other, groups in enumerate(grid.columns[:_MOST_COLUMNS]):
            if other == place:
                continue
            if 1 < groups.different <= _MOST_GROUPS:
                yield from _by_group(grid, place, has, other, groups)
        for other, others_have in filled.items():
            if other > place:
                yield from _together(grid, place, has, other, others_have)


def _by_group(grid: Grid, place: int, has: Flags, other: int, groups: Column) -> Iterator[Relation]:
    size = np.bincount(groups.codes, minlength=len(groups.values))
    share = np.bincount(groups.codes, weights=has, minlength=len(groups.values)) / np.maximum(size, 1)
    decides = (size >= _OF_A_GROUP) & ((share >= _ALWAYS) | (share <= 1 - _ALWAYS))
    decides[groups.blank] &= groups.blank < 0
    told = decides[groups.codes]
    if not {True, False} <= set((share[decides] > 0.5).tolist()) or told.mean() < 0.5:
        return
    usual = (share > 0.5)[groups.codes]
    name = grid.columns[place].name
    reason = f"By “{groups.name}”, nearly all rows like this one either have “{name}” or lack it; here it is otherwise."
    yield Relation((place, other), told & (has == usual), told & (has != usual), reason, trust=_WEAK)


def _together(grid: Grid, place: int, has: Flags, other: int, others_have: Flags) -> Iterator[Relation]:
    same = has == others_have
    share = float(same.mean())
    by_chance = float(has.mean() * others_have.mean() + (1 - has.mean()) * (1 - others_have.mean()))
    if share < _ALWAYS or share == 1 or by_chance > 0.9:
        return
    names = [grid.columns[column].name for column in (place, other)]
    reason = f"“{names[0]}” and “{names[1]}” are filled or empty together in {share:.1%} of the rows; not in this one."
    yield Relation((place, other), same, ~same, reason, trust=_WEAK)
