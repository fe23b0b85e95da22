"""Numbers with a unit: the odd ones among bare numbers, and units that are written in many ways."""

import re
from collections import Counter

from rapport.quality.profiling.grid import Column, Grid
from rapport.quality.profiling.shapes import number_of, number_with_unit
from rapport.quality.profiling.suspicion import Suspicion, Suspicions

_NEARLY_ALL = 0.95
_HALF = 0.5
_A_FEW = 20
_A_UNIT = 3
_UNIT = re.compile(r"[^\W\d_]|[%°€$£¥]")
_NOISY = 14
_MOST_SPELLINGS = 40  # more are no units but names


def find(grid: Grid) -> Suspicions:
    """Suspect units where most rows have none, rare spellings of a unit, and all where no spelling prevails."""
    found = Suspicions("unit")
    for place, column in enumerate(grid.columns):
        units = {code: parts for code, value in enumerate(column.values) if (parts := number_with_unit(value))}
        rows = sum(int(column.counts[code]) for code in units)
        if column.filled < _A_FEW or not units or _are_labels(units):
            continue
        if rows / column.filled + column.share_of_numbers < _NEARLY_ALL:
            continue
        if column.share_of_numbers > _HALF:
            _odd_among_numbers(found, place, column, units)
        else:
            _spellings(found, place, column, units)
    return found


def _are_labels(units: dict[int, tuple[str, str]]) -> bool:
    """Whether each number has a word of its own, as in “01.High” and “02.Medium”: numbered names, not measures."""
    numbers, words = ({part[place] for part in units.values()} for place in (0, 1))
    return len(units) > 1 and len(numbers) == len(words) == len(units)


def _odd_among_numbers(found: Suspicions, place: int, column: Column, units: dict[int, tuple[str, str]]) -> None:
    rows: Counter[str] = Counter()
    for code, (_number, unit) in units.items():
        rows[unit] += int(column.counts[code])
    for code, (number, unit) in units.items():
        reason = f"“{unit}” stands in a column of bare numbers."
        likelihood = 0.5 + 0.48 * column.share_of_numbers
        meant = _bare(number) if rows[unit] >= _A_UNIT and _UNIT.search(unit) else None
        found.of_value(place, code, Suspicion(likelihood, reason, meant, 0.9 * likelihood))


def _bare(number: str) -> str:
    """Without the noise of binary fractions, as in 0.059000000000000004."""
    return number if len(number) < _NOISY else f"{number_of(number):.10g}"


def _spellings(found: Suspicions, place: int, column: Column, units: dict[int, tuple[str, str]]) -> None:
    counts: Counter[str] = Counter()
    for code, (_number, unit) in units.items():
        counts[unit] += int(column.counts[code])
    if len(counts) > _MOST_SPELLINGS:
        return
    usual, rows = counts.most_common(1)[0]
    if rows < _HALF * column.filled:
        _none_prevails(found, place, units, len(counts))
        return
    for code, (number, unit) in units.items():
        if unit != usual and counts[unit] * 10 < rows:
            meant = column.values[code].replace(unit, usual) if unit in column.values[code] else None
            reason = f"The unit is written “{unit}” here, “{usual}” nearly everywhere."
            found.of_value(place, code, Suspicion(0.6, reason, meant, 0.5))
            del number


def _none_prevails(found: Suspicions, place: int, units: dict[int, tuple[str, str]], ways: int) -> None:
    """No spelling is the rule, so the value is the number alone; a whole number loses its empty decimals."""
    for code, (number, unit) in units.items():
        bare = number_of(number)
        plain = str(int(bare)) if bare.is_integer() else number
        reason = f"The unit is written in {ways} ways in this column (here “{unit}”): keep the number alone."
        found.of_value(place, code, Suspicion(0.85, reason, plain, 0.75))
