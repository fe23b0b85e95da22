"""Two values in one cell: “Boise ID” as the city beside an empty state."""

from collections.abc import Iterator, Mapping

import numpy as np

from rapport.quality.profiling.grid import Column, Grid
from rapport.quality.profiling.suspicion import Suspicion, Suspicions

_MOST_COLUMNS = 60
_USUAL = 3
_MOSTLY = 0.6
_EXPLAINED = 0.1
_KNOWN = 0.4


def find(grid: Grid) -> Suspicions:
    """Suspect cells that end or begin with a usual value of another column that is empty in their row."""
    found = Suspicions("two in one")
    columns = list(enumerate(grid.columns))[:_MOST_COLUMNS]
    lacking = [
        (place, column)
        for place, column in columns
        if _MOSTLY * grid.height < column.filled < grid.height and column.different > 1
    ]
    for place, column in columns:
        if column.share_of_numbers > 0.5:
            continue
        parts = {code: found_parts for code, value in enumerate(column.values) if (found_parts := _parts(value))}
        for other, lack in lacking:
            if other != place:
                _swallowed(found, (place, column), (other, lack), parts)
    return found


def _swallowed(
    found: Suspicions, whole: tuple[int, Column], lack: tuple[int, Column], parts: Mapping[int, list[tuple[str, str]]]
) -> None:
    place, column = whole
    other, lacking = lack
    usual = {value for code, value in enumerate(lacking.values) if lacking.counts[code] >= _USUAL and value.strip()}
    elsewhere = set(column.values)
    split = {code: cut for code, cuts in parts.items() for cut in cuts if cut[1] in usual}
    if not split:
        return
    blank = [code for code, value in enumerate(lacking.values) if not value.strip()]
    rows = np.flatnonzero(np.isin(lacking.codes, blank) & np.isin(column.codes, list(split)))
    known = sum(split[int(column.codes[row])][0] in elsewhere for row in rows)
    if len(rows) < _EXPLAINED * (len(lacking.codes) - lacking.filled) or known < _KNOWN * len(rows):
        return
    for row in rows:
        rest, taken = split[int(column.codes[row])]
        reason = f"“{taken}” is a value of “{lacking.name}”, which is empty here."
        found.of_cell(int(row), place, Suspicion(0.95, reason, rest, 0.95))
        filled = f"It stands in “{column.name}”: “{column.values[column.codes[row]][:60]}”."
        found.of_cell(int(row), other, Suspicion(0.97, filled, taken, 0.97))


def _parts(value: str) -> list[tuple[str, str]]:
    return list(_cuts(value.split())) if " " in value else []


def _cuts(words: list[str]) -> Iterator[tuple[str, str]]:
    """The value without its last (or first) word or two, and what was cut off."""
    for cut in (1, 2):
        if len(words) > cut:
            yield " ".join(words[:-cut]).rstrip(",;-"), " ".join(words[-cut:])
            yield " ".join(words[cut:]), " ".join(words[:cut]).rstrip(",;-")
