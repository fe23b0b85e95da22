"""Days that don't exist, or stand in another order, in a column of days."""

import re
from collections import Counter
from datetime import date

from rapport.quality.profiling.grid import Column, Grid
from rapport.quality.profiling.suspicion import Suspicion, Suspicions

_PARTS = re.compile(r"\s*(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?:[T ].*)?")
_ORDERS = {"year-month-day": (0, 1, 2), "day-month-year": (2, 1, 0), "month-day-year": (2, 0, 1)}
_MOSTLY = 0.8
_FITS = 0.9


def find(grid: Grid) -> Suspicions:
    """Suspect days that can't be read in the order of their column."""
    found = Suspicions("day")
    for place, column in enumerate(grid.columns):
        parts = {code: cut for code, value in enumerate(column.values) if (cut := _PARTS.fullmatch(value))}
        rows = sum(int(column.counts[code]) for code in parts)
        if column.filled and rows >= _MOSTLY * column.filled and rows >= 20:
            _suspect(found, place, column, {code: (cut[1], cut[3], cut[4]) for code, cut in parts.items()})
    return found


def _suspect(found: Suspicions, place: int, column: Column, parts: dict[int, tuple[str, str, str]]) -> None:
    fitting: Counter[str] = Counter()
    for code, cut in parts.items():
        for order in _ORDERS:
            fitting[order] += int(column.counts[code]) * _exists(cut, order)
    order, rows = fitting.most_common(1)[0]
    if rows < _FITS * sum(int(column.counts[code]) for code in parts):
        return
    for code, cut in parts.items():
        if not _exists(cut, order):
            reason = f"There is no such day when it is read as {order}, like the others of its column."
            found.of_value(place, code, Suspicion(0.93, reason))


def _exists(parts: tuple[str, str, str], order: str) -> bool:
    year, month, day = (parts[place] for place in _ORDERS[order])
    if len(day) > 2 or len(year) not in (2, 4):
        return False
    try:
        date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return False
    return True
