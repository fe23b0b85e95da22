"""Rows that break a dependency which the others follow, and which of their cells is to blame."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from rapport.quality.profiling.dependencies import STRICT, Dependency
from rapport.quality.profiling.grid import Grid
from rapport.quality.profiling.suspicion import Suspicion, Suspicions

_LEAST_LIKELY = 0.15
_LEAST_TRUST = 0.3
_MOST_CONFLICTS = 400_000
_ERROR = 0.1  # however clean a table looks, one row in ten may be wrong
_SURE = 0.97
_RARELY_FILLED = 0.6
_NEWCOMER = 0.3
_LEAST_OF_A_GROUP = 0.25
Shares = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Conflict:
    """In some row, the value of `left` asks for another value of `right`."""

    left: int
    right: int
    likelihood: float
    meant: int
    support: int


@dataclass(frozen=True, eq=False)
class Testimony:
    """What one dependency says of each row's cell on its right: how likely wrong, and how likely right."""

    against: Shares
    wanted: npt.NDArray[np.int32]
    support: npt.NDArray[np.int64]
    in_favour: Shares


@dataclass(frozen=True, eq=False)
class Verdicts:
    """What the dependencies say: suspected cells and, by column, how sure it is that each row's cell is right."""

    suspicions: Suspicions
    in_favour: Mapping[int, Shares]


def find(grid: Grid, dependencies: Sequence[Dependency]) -> Verdicts:
    """Suspect, in each row that breaks dependencies, the cells that explain most of it."""
    found = Suspicions("conflict")
    conflicts: defaultdict[int, list[Conflict]] = defaultdict(list)
    in_favour: dict[int, Shares] = {}
    left = _MOST_CONFLICTS
    for dependency in dependencies:
        if dependency.trust < _LEAST_TRUST or left < 0:
            continue
        said = _testimony(grid, dependency)
        known = in_favour.get(dependency.right, np.zeros(grid.height))
        in_favour[dependency.right] = np.maximum(known, said.in_favour)
        for row, conflict in _conflicts(dependency, said):
            conflicts[row].append(conflict)
            left -= 1
    for row, those in conflicts.items():
        _blame(found, grid, row, those, in_favour)
    return Verdicts(found, in_favour)


def _testimony(grid: Grid, dependency: Dependency) -> Testimony:
    one, other = grid.columns[dependency.left], grid.columns[dependency.right]
    usual, support = dependency.usual[one.codes], dependency.support[one.codes]
    is_blank = other.codes == other.blank
    pairs = one.codes.astype(np.int64) * len(other.values) + other.codes
    _pairs, inverse, counts = np.unique(pairs, return_inverse=True, return_counts=True)
    here = np.where(is_blank, 0, counts[inverse])
    speaks = (one.codes != one.blank) & (usual >= 0) & (support > 1)
    if dependency.strength < STRICT:  # where many may be wrong, only what a good part of a group says counts
        speaks &= support > _LEAST_OF_A_GROUP * np.bincount(one.codes, minlength=len(one.values))[one.codes]
    error = max(_ERROR, dependency.wrong)
    doubt = error ** (support - here).clip(min=0)
    repeated = 1.0 if dependency.strength < STRICT else 0.6 ** (here - 1).clip(min=0)
    against = np.where(speaks & (other.codes != usual), dependency.trust * (1 - doubt) * repeated, 0.0)
    if other.filled < _RARELY_FILLED * grid.height:
        against = np.where(is_blank, 0.4 * against, against)
    agrees = speaks & (other.codes == usual)
    in_favour = np.where(agrees, dependency.trust * (1 - error ** (support - 1).clip(min=0)), 0.0)
    return Testimony(against, usual, support, in_favour)


def _conflicts(dependency: Dependency, said: Testimony) -> Iterator[tuple[int, Conflict]]:
    for row in np.flatnonzero(said.against > _LEAST_LIKELY):
        likelihood, meant, support = float(said.against[row]), int(said.wanted[row]), int(said.support[row])
        yield int(row), Conflict(dependency.left, dependency.right, likelihood, meant, support)


def _blame(
    found: Suspicions, grid: Grid, row: int, conflicts: Sequence[Conflict], in_favour: dict[int, Shares]
) -> None:
    """One wrong cell may break many dependencies: blame cells until each conflict is explained."""
    left = _parsimonious(grid, row, conflicts)
    while left:
        accused = _most_accused(left)
        against = [conflict for conflict in left if conflict.right == accused]
        _suspect(found, grid, row, accused, against, defence=float(in_favour[accused][row]))
        left = [conflict for conflict in left if accused not in (conflict.left, conflict.right)]


def _parsimonious(grid: Grid, row: int, conflicts: Sequence[Conflict]) -> list[Conflict]:
    """Two values that stand nowhere else but here, side by side, are a newcomer rather than two errors."""
    new = {conflict.right for conflict in conflicts if _stands_once(grid, row, conflict.right)}
    if len(new) < 2:
        return list(conflicts)
    return [
        replace(conflict, likelihood=conflict.likelihood * _NEWCOMER) if conflict.right in new else conflict
        for conflict in conflicts
    ]


def _stands_once(grid: Grid, row: int, place: int) -> bool:
    column = grid.columns[place]
    return bool(column.counts[column.codes[row]] == 1)


def _most_accused(conflicts: Sequence[Conflict]) -> int:
    """The cell that something speaks against and that explains most conflicts."""
    weight: defaultdict[int, float] = defaultdict(float)
    for conflict in conflicts:
        weight[conflict.right] += conflict.likelihood
    for conflict in conflicts:
        if conflict.left in weight:
            weight[conflict.left] += conflict.likelihood * 0.9
    return max(weight, key=lambda place: (weight[place], -place))


def _suspect(
    found: Suspicions, grid: Grid, row: int, place: int, against: Sequence[Conflict], *, defence: float
) -> None:
    best = max(against, key=lambda conflict: conflict.likelihood)
    likelihood = _weighed(against, defence)
    agree = sum(conflict.likelihood for conflict in against if conflict.meant == best.meant)
    share = agree / sum(conflict.likelihood for conflict in against)
    left = grid.columns[best.left]
    meant = grid.columns[place].values[best.meant]
    reason = (
        f"Rows with “{left.values[left.codes[row]][:40]}” in “{left.name}” have “{meant[:40]}” here, "
        f"{best.support} times."
    )
    found.of_cell(row, place, Suspicion(likelihood, reason, meant, likelihood * share))


def _weighed(against: Sequence[Conflict], defence: float) -> float:
    """Accusations that say the same aren't independent; what speaks for the cell lowers the odds."""
    innocent = 1.0
    for conflict in against:
        innocent *= 1 - min(_SURE, conflict.likelihood)
    guilty = 1 - innocent ** (0.5 + 0.5 / len(against))
    odds = guilty / (1 - guilty) * (1 - min(_SURE, defence))
    return float(odds / (1 + odds))
