"""Which cases are alike: the same stage, and about the same chance of having followed the pattern.

That chance (the propensity score) is learned from all that is known of a case before. Cases in one group of it do not
differ on average in what it was learned from (Rosenbaum and Rubin 1984); `imbalance` says what difference is left.
"""

import numpy as np
from numpy.typing import NDArray

from .table import Flags, Numbers, Table

_FEWEST_GROUPS, _MOST_GROUPS, _CASES_PER_GROUP = 5, 25, 60


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
    return max((_difference(column, table.followed, weights) for column in table.alike.values()), default=0.0)


def _chance_to_follow(table: Table) -> Numbers:
    from sklearn.linear_model import LogisticRegression  # takes long to load, and only reviews need it

    columns = [_scaled(column) for column in table.alike.values()]
    columns += [(table.stage == code).astype(float) for code in np.unique(table.stage)]
    facts = np.column_stack(columns)
    model = LogisticRegression(C=1.0, solver="newton-cholesky").fit(facts, table.followed)
    return np.asarray(model.predict_proba(facts)[:, 1])


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
