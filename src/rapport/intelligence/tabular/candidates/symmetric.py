"""CatBoost's symmetric trees as ordinary ones: all nodes of one depth ask the same, so a leaf is a row of answers.

What it learned is read from its own JSON, in which answer `k` gives bit `k` of a leaf's number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..trees_as_text import Tree

_MISSING_IS_MORE = "AsTrue"


def trees_of(stored: Mapping[str, Any]) -> list[Tree]:
    """The trees of a CatBoost model without categorical columns, from its JSON."""
    floats = stored["features_info"]["float_features"]
    columns = [int(one["flat_feature_index"]) for one in floats]
    missing_right = [one.get("nan_value_treatment") == _MISSING_IS_MORE for one in floats]
    scale, bias = stored["scale_and_bias"]
    start = float(bias[0] if isinstance(bias, list) else bias)
    made = []
    for number, tree in enumerate(stored["oblivious_trees"]):
        added = start if number == 0 else 0.0
        values = [float(scale) * float(value) + added for value in tree["leaf_values"]]
        growing = _Growing(tree.get("splits") or [], values, [max(1, round(one)) for one in tree["leaf_weights"]])
        growing.grow(0, 0)
        made.append(growing.tree(columns, missing_right))
    return made


@dataclass
class _Growing:
    """One tree being unfolded; branches that lead to one value alike become a single leaf."""

    splits: Sequence[Mapping[str, Any]]
    values: Sequence[float]
    weights: Sequence[int]
    nodes: list[tuple[int, int, int, int]] = field(default_factory=list)
    leaves: list[tuple[float, int]] = field(default_factory=list)

    def grow(self, depth: int, leaf: int) -> tuple[int, int]:
        """The place of what lies below these answers, a leaf's below 0, and its rows."""
        below = range(leaf, len(self.values), 1 << depth)
        if len({self.values[one] for one in below}) == 1:
            self.leaves.append((self.values[leaf], sum(self.weights[one] for one in below)))
            return -len(self.leaves), self.leaves[-1][1]
        place = len(self.nodes)
        self.nodes.append((depth, 0, 0, 0))
        left, rows_left = self.grow(depth + 1, leaf)
        right, rows_right = self.grow(depth + 1, leaf | 1 << depth)
        self.nodes[place] = (depth, left, right, rows_left + rows_right)
        return place, rows_left + rows_right

    def tree(self, columns: Sequence[int], missing_right: Sequence[bool]) -> Tree:
        """What has grown."""
        asked = [self.splits[depth] for depth, *_rest in self.nodes]
        which = [int(one["float_feature_index"]) for one in asked]
        return Tree(
            features=[columns[one] for one in which],
            thresholds=[float(one["border"]) for one in asked],
            missing_left=[not missing_right[one] for one in which],
            left=[left for _depth, left, _right, _rows in self.nodes],
            right=[right for _depth, _left, right, _rows in self.nodes],
            counts=[rows for *_place, rows in self.nodes],
            leaf_values=[value for value, _rows in self.leaves],
            leaf_counts=[rows for _value, rows in self.leaves],
        )
