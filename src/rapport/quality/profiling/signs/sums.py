"""Numbers that are the sum, the product or a fixed share of others in their row, and rows in which that fails."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from rapport.quality.profiling.grid import Column, Grid
from rapport.quality.profiling.relations import Relation, blame, trust_of
from rapport.quality.profiling.suspicion import Suspicions

_MOSTLY = 0.8
_A_FEW = 50
_MOST_COLUMNS = 10
_TRIED = 300
_HOLDS = 0.8
_BY_CHANCE = 0.1
_ROUNDED = 0.011
_RELATIVE = 0.00005
_MANY = 0.1  # of the rows have a number of their own
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class _Law:
    """What a column should be by others of its row; `said` names the law."""

    places: tuple[int, ...]
    expected: Numbers
    said: str


def find(grid: Grid) -> Suspicions:
    """Suspect cells of rows that break a law of arithmetic that nearly all rows keep."""
    found = Suspicions("sum")
    numbers = {
        place: column.numbers[column.codes]
        for place, column in enumerate(grid.columns)
        if column.share_of_numbers >= _MOSTLY and column.filled >= _A_FEW and column.different > 2
    }
    numbers = dict(list(numbers.items())[:_MOST_COLUMNS])
    blame(found, [relation for law in _laws(grid, numbers) for relation in _kept(grid, numbers, law)])
    return found


def _laws(grid: Grid, numbers: Mapping[int, Numbers]) -> Iterator[_Law]:
    for total in numbers:
        if not _varies(grid.columns[total]):
            continue
        for one, other in combinations([place for place in numbers if place != total], 2):
            names = [grid.columns[place].name for place in (total, one, other)]
            first, second = numbers[one], numbers[other]
            yield _Law((total, one, other), first + second, "“{}” is “{}” and “{}” together".format(*names))
            yield _Law((total, one, other), first * second, "“{}” is “{}” times “{}”".format(*names))
    for total, one in combinations(numbers, 2):
        if _varies(grid.columns[total]) and _varies(grid.columns[one]):
            yield _share(grid, numbers, total, one)


def _varies(column: Column) -> bool:
    return column.different > _MANY * column.filled


def _share(grid: Grid, numbers: Mapping[int, Numbers], total: int, one: int) -> _Law:
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = numbers[total] / numbers[one]
    known = ratio[np.isfinite(ratio) & (ratio != 0)]
    rate = float(np.median(known)) if len(known) else float("nan")
    said = f"“{grid.columns[total].name}” is {rate:.4g} times “{grid.columns[one].name}”"
    return _Law((total, one), numbers[one] * rate, said)


def _kept(grid: Grid, numbers: Mapping[int, Numbers], law: _Law) -> Iterator[Relation]:
    """The relation a law makes, if rows keep it and strangers wouldn't."""
    is_told = numbers[law.places[0]]
    known = ~np.isnan(is_told) & ~np.isnan(law.expected)
    rows = np.flatnonzero(known & (is_told != 0))
    if len(rows) < _A_FEW:
        return
    dice = np.random.default_rng(1)
    tried = dice.permutation(rows)[:_TRIED]
    if _fits(is_told[tried], law.expected[tried]).mean() < _HOLDS:
        return
    if _fits(is_told[tried], law.expected[dice.permutation(tried)]).mean() > _BY_CHANCE:
        return
    fits = _fits(is_told, law.expected)
    share = float(fits[rows].mean())
    reason = f"In {share:.0%} of the rows {law.said}; not in this one."
    yield Relation(law.places, known & fits, known & ~fits, reason, trust=trust_of(share))


def _fits(told: Numbers, expected: Numbers) -> npt.NDArray[np.bool_]:
    with np.errstate(invalid="ignore"):
        return np.asarray(np.abs(told - expected) <= _ROUNDED + _RELATIVE * np.abs(expected))
