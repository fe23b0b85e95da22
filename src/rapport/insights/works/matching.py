"""Which cases are alike: the same stage, and about the same chance of having followed the pattern.

That chance (the propensity score) is learned from all that is known of a case before. Cases in one group of it do not
differ on average in what it was learned from (Rosenbaum and Rubin 1984); `imbalance` says what difference is left.

It is learned from curves and from what two facts mean together, too: a pattern that goes with the middle of something,
or with large customers only, would else be taken for the reason of what that brings.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from .table import Flags, Numbers, Table

_FEWEST_GROUPS, _MOST_GROUPS, _CASES_PER_GROUP = 5, 25, 60
_FARTHEST = 3.0
_COMMON = 0.2
"""Of a rarer yes or no, too few cases are there to tell what it means together with something else."""


def groups_of(table: Table) -> NDArray[np.int64]:
    """The group of each case; cases of one group stand in the same stage and are alike in the rest."""
    chance = _chance_to_follow(table)
    count = int(np.clip(len(table) // _CASES_PER_GROUP, _FEWEST_GROUPS, _MOST_GROUPS))
    edges = np.quantile(chance, np.linspace(0, 1, count + 1)[1:-1])
    return table.stage * _MOST_GROUPS + np.searchsorted(edges, chance, side="right")


def comparable(groups: NDArray[np.int64], followed: Flags) -> Flags:
    """Which cases stand in a group that has cases of both kinds."""
    _names, place = np.unique(groups, return_inverse=True)
    size, with_it = np.bincount(place), np.bincount(place, weights=followed)
    return np.asarray(((with_it > 0) & (with_it < size))[place], dtype=bool)


def imbalance(table: Table, groups: NDArray[np.int64]) -> float:
    """The largest standardised difference of means within groups, over all that cases are matched on; 0 is perfect."""
    weights = _group_weights(groups, table.followed)
    return max((_difference(column, table.followed, weights) for column in _facts(table)), default=0.0)


def _chance_to_follow(table: Table) -> Numbers:
    from sklearn.linear_model import LogisticRegression  # takes long to load, and only reviews need it

    columns = list(_facts(table))
    columns += [(table.stage == code).astype(float) for code in np.unique(table.stage)]
    facts = np.column_stack(columns)
    model = LogisticRegression(C=1.0, solver="newton-cholesky").fit(facts, table.followed)
    return np.asarray(model.predict_proba(facts)[:, 1])


def _facts(table: Table) -> Iterator[Numbers]:
    """What cases are matched on, its squares, and the products of measures with each other and with common flags."""
    scaled = [(column, _scaled(column)) for column in table.alike.values()]
    yield from (one for _column, one in scaled)
    measures = [np.clip(one, -_FARTHEST, _FARTHEST) for column, one in scaled if _is_measure(column)]
    flags = [one for column, one in scaled if not _is_measure(column) and _COMMON <= column.mean() <= 1 - _COMMON]
    yield from (_scaled(one * one) for one in measures)
    yield from (_scaled(one * other) for one, other in combinations(measures, 2))
    yield from (_scaled(one * flag) for one in measures for flag in flags)


def _is_measure(column: Numbers) -> bool:
    return len(np.unique(column)) > 2


def _scaled(column: Numbers) -> Numbers:
    spread = float(column.std())
    return (column - column.mean()) / spread if spread else np.zeros_like(column)


def _group_weights(groups: NDArray[np.int64], followed: Flags) -> Numbers:
    """Weights under which both kinds have the same groups: those of Mantel and Haenszel, shared out among the cases."""
    _names, place = np.unique(groups, return_inverse=True)
    size = np.bincount(place).astype(float)
    with_it = np.bincount(place, weights=followed)
    without = size - with_it
    return np.asarray(np.where(followed, (without / size)[place], (with_it / size)[place]))


def _difference(column: Numbers, followed: Flags, weights: Numbers) -> float:
    spread = float(np.sqrt((column[followed].var() + column[~followed].var()) / 2))
    if not spread:
        return 0.0
    means = [float(np.average(column[side], weights=weights[side])) for side in (followed, ~followed)]
    return abs(means[0] - means[1]) / spread
