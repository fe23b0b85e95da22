"""Days in the wrong order or the wrong century, and ranges that run backwards or too far."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations

import numpy as np
import numpy.typing as npt

from rapport.quality.profiling.grid import Column, Grid
from rapport.quality.profiling.relations import Relation, blame
from rapport.quality.profiling.suspicion import Suspicion, Suspicions

_DAY = re.compile(r"\s*(\d{4})-(\d\d)-(\d\d)(?:[T ].*)?")
_RANGE = re.compile(r"\s*(\d+)\s*(?:-|–|to|/|\.\.)\s*(\d+)\s*")
_MOSTLY = 0.8
_A_FEW = 60
_MOST_COLUMNS = 14
_HOLDS = 0.97
_BY_CHANCE = 0.9
_FAR = 5.0  # widths of the middle half of the distances
_CLOSE = 0.3
Numbers = npt.NDArray[np.float64]


def find(grid: Grid) -> Suspicions:
    """Suspect days against the order of two columns, days far from all others, and ranges unlike the others."""
    found = Suspicions("order")
    days = [(place, read) for place, column in enumerate(grid.columns) if (read := _days(column)) is not None]
    blame(found, [relation for pair in combinations(days[:_MOST_COLUMNS], 2) for relation in _pair(grid, *pair)])
    for place, read in days:
        _far_days(found, place, grid.columns[place], read)
    for place, column in enumerate(grid.columns):
        _ranges(found, place, column)
    return found


def _days(column: Column) -> Numbers | None:
    """The day of each row, counted; None where the column doesn't hold days written year-month-day."""
    if column.filled < _A_FEW or column.different < 3:
        return None
    by_value = np.array([_day(value) for value in column.values])
    rows = by_value[column.codes]
    return rows if (~np.isnan(rows)).sum() >= _MOSTLY * column.filled else None


def _day(value: str) -> float:
    cut = _DAY.fullmatch(value)
    try:
        return float(date(*(int(part) for part in cut.groups())).toordinal()) if cut else float("nan")
    except ValueError:
        return float("nan")


def _pair(grid: Grid, one: tuple[int, Numbers], other: tuple[int, Numbers]) -> Iterator[Relation]:
    known = ~np.isnan(one[1]) & ~np.isnan(other[1])
    if known.sum() < _A_FEW:
        return
    if (one[1][known] > other[1][known]).mean() > 0.5:
        one, other = other, one
    first, second = one[1], other[1]
    share = float((first[known] <= second[known]).mean())
    strange = np.random.default_rng(1).permutation(second[known])
    if share < _HOLDS or share == 1 or float((first[known] <= strange).mean()) > _BY_CHANCE:
        return
    names = [grid.columns[place].name for place in (one[0], other[0])]
    reason = f"“{names[0]}” is never later than “{names[1]}” in {share:.1%} of the rows; here it is."
    holds, fails = known & (first <= second), known & (first > second)
    yield Relation((one[0], other[0]), holds, fails, reason, clears=False)


def _far_days(found: Suspicions, place: int, column: Column, days: Numbers) -> None:
    """A day years away from all others is a slip in its year."""
    low, high = np.nanquantile(days, [0.01, 0.99])
    width = max(float(high - low), 366.0)
    for row in np.flatnonzero((days < low - width) | (days > high + width)):
        reason = f"Nearly all days here lie between {_written(low)} and {_written(high)}."
        found.of_value(place, int(column.codes[row]), Suspicion(0.85, reason))


def _written(day: float) -> str:
    return date.fromordinal(int(day)).isoformat()


def _ranges(found: Suspicions, place: int, column: Column) -> None:
    cut = {code: read for code in column.by_count if (read := _RANGE.fullmatch(column.values[code]))}
    rows = sum(int(column.counts[code]) for code in cut)
    if column.filled < _A_FEW or rows < _MOSTLY * column.filled:
        return
    ends = {code: (int(read[1]), int(read[2])) for code, read in cut.items()}
    lengths = np.array([last - first for first, last in ends.values()], dtype=np.float64)
    if (lengths >= 0).mean() < _HOLDS - 0.05:
        return
    low, high = np.quantile(lengths, [0.25, 0.75])
    is_close = high - low < _CLOSE * np.subtract(*np.quantile([first for first, _last in ends.values()], [0.75, 0.25]))
    for code, length in zip(ends, lengths, strict=True):
        if length < 0:
            found.of_value(place, code, Suspicion(0.9, "It runs backwards: nearly all of the others run upwards."))
        elif is_close and length > high + _FAR * max(1.0, high - low):
            reason = f"It runs over {length:g}; half of the others run over {low:g} to {high:g}."
            found.of_value(place, code, Suspicion(0.8, reason))
