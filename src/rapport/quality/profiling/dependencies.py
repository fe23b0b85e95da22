"""Columns that determine others, found though the table has errors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .grid import Codes, Column, Grid

_MOST_COLUMNS = 60
_LEAST_GROUPS = 3
_LEAST_ROWS = 12
STRICT = 0.75
_LOOSE = 0.4
_MANY_SOURCES = 5.0
_LOOSELY = 0.9
_MANY_GROUPS = 10
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Dependency:
    """`left` tells `right` (positions of columns): rows with the same value left have the same value right.

    `strength` is how much better the most frequent value of each group fits than chance would (0 to 1), `trust` how
    sure it is that the columns depend on each other, `wrong` the share of rows that don't follow. By value of `left`:
    `usual` is the most frequent value right (-1: no two rows), `support` how often that stands.
    """

    left: int
    right: int
    strength: float
    trust: float
    wrong: float
    usual: Codes
    support: Ints


def dependencies_of(grid: Grid, *, seed: int = 1) -> list[Dependency]:
    """All dependencies of one column on another that the rows bear out, the strongest first."""
    dice = np.random.default_rng(seed)
    places = _worth_trying(grid)
    found = [
        dependency
        for left in places
        if not _measures(grid.columns[left])
        for right in places
        if left != right and (dependency := _dependency(grid, left, right, dice)) is not None
    ]
    return sorted(found, key=lambda dependency: (-dependency.strength, dependency.left, dependency.right))


def _worth_trying(grid: Grid) -> Sequence[int]:
    """Columns with values that repeat and differ, those that repeat in most rows first."""
    rated = [
        (column.filled - column.different, place)
        for place, column in enumerate(grid.columns)
        if column.different > 1 and column.filled - column.different >= _LEAST_ROWS
    ]
    return sorted(place for _rows, place in sorted(rated, reverse=True)[:_MOST_COLUMNS])


def _measures(column: Column) -> bool:
    """Numbers with decimals are amounts: two alike tell nothing."""
    numbers = column.numbers[~np.isnan(column.numbers)]
    return column.share_of_numbers > 0.5 and bool((numbers % 1 != 0).mean() > 0.3)


@dataclass(frozen=True, eq=False)
class Groups:
    """Rows by their value left: how many there are, the most frequent value right and how often it stands."""

    sizes: Ints
    usual: Codes
    support: Ints
    second: Ints

    @property
    def are_clear(self) -> npt.NDArray[np.bool_]:
        """Which groups have one value far before the next."""
        return np.asarray(self.second <= 0.5 * self.support)

    @property
    def mixed(self) -> float:
        """The share of groups with a second value that is no slip, since it stands several times."""
        several = self.sizes > 2
        is_mixed = (self.second >= 2) & (self.second > 0.15 * self.sizes)
        return float(is_mixed[several].mean()) if several.any() else 0.0

    @property
    def purity(self) -> float:
        """The share of rows that have the most frequent value of their group; groups of one row don't count."""
        several = self.sizes > 1
        return float(self.support[several].sum() / self.sizes[several].sum())


def _dependency(grid: Grid, left: int, right: int, dice: np.random.Generator) -> Dependency | None:
    one, other = grid.columns[left], grid.columns[right]
    rows = np.flatnonzero((one.codes != one.blank) & (other.codes != other.blank))
    groups = _groups(one, other, one.codes[rows], other.codes[rows])
    several = groups.sizes > 1
    if several.sum() < _LEAST_GROUPS or groups.sizes[several].sum() < _LEAST_ROWS:
        return None
    if groups.purity < _LOOSE:
        return None
    by_chance = _groups(one, other, one.codes[rows], dice.permutation(other.codes[rows])).purity
    if by_chance > 0.995:
        return None
    strength = (groups.purity - by_chance) / (1 - by_chance)
    is_told_by_many = strength < STRICT and _is_told_by_many(groups, strength)
    if strength < STRICT and not is_told_by_many:
        return None
    trust = _LOOSELY if is_told_by_many else min(1.0, (strength - 0.6) / 0.35) * (1 - groups.mixed) ** 2
    usual = np.where(groups.are_clear, groups.usual, np.int32(-1)) if is_told_by_many else groups.usual
    return Dependency(left, right, strength, trust, 1 - groups.purity, usual, groups.support)


def _is_told_by_many(groups: Groups, strength: float) -> bool:
    """Several sources for each fact, some of them wrong: most groups still have one value far before the next."""
    several = groups.sizes > 2
    if strength < _LOOSE or not several.any() or groups.sizes[several].mean() < _MANY_SOURCES:
        return False
    if several.sum() < _MANY_GROUPS:
        return False
    of_rows = groups.sizes[several & groups.are_clear].sum() / groups.sizes[several].sum()
    clear = min(of_rows, groups.are_clear[several].mean())
    return bool(clear > 0.7 and len(set(groups.usual[several].tolist())) > 0.5 * several.sum())


def _groups(one: Column, other: Column, left: Codes, right: Codes) -> Groups:
    width = len(other.values)
    pairs, counts = np.unique(left.astype(np.int64) * width + right, return_counts=True)
    owner, value = pairs // width, pairs % width
    order = np.lexsort((value, counts, owner))  # within an owner the most frequent comes last
    last = np.flatnonzero(np.diff(owner[order], append=-1))
    usual = np.full(len(one.values), -1, dtype=np.int32)
    support = np.zeros(len(one.values), dtype=np.int64)
    usual[owner[order][last]] = value[order][last]
    support[owner[order][last]] = counts[order][last]
    second = np.zeros(len(one.values), dtype=np.int64)
    before = last[(last > 0)] - 1
    before = before[owner[order][before] == owner[order][before + 1]]
    second[owner[order][before]] = counts[order][before]
    return Groups(np.bincount(left, minlength=len(one.values)), usual, support, second)
