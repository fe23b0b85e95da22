"""Boosted trees of other libraries written in LightGBM's text, which can be kept, read safely and explained exactly.

The form is that of LightGBM's model files (`Booster.model_to_string`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

_MISSING_BY_NAN, _MISSING_GOES_LEFT = 8, 2
_LARGEST = 1e300


@dataclass(frozen=True)
class Tree:
    """Inner nodes and leaves, each list with one entry a node or a leaf; a child below 0 is a leaf: -1, -2, …

    Values up to the threshold go left; `missing_left` tells where missing ones go. Counts are of rows.
    """

    features: Sequence[int]
    thresholds: Sequence[float]
    missing_left: Sequence[bool]
    left: Sequence[int]
    right: Sequence[int]
    counts: Sequence[int]
    leaf_values: Sequence[float]
    leaf_counts: Sequence[int]
    gains: Sequence[float] = ()


def text_of(fitted: Any) -> str:
    """The trees of a fitted `HistGradientBoostingClassifier` with two classes."""
    start = float(np.ravel(fitted._baseline_prediction)[0])  # noqa: SLF001 - there is no public way to its trees
    trees = [round_of_one[0].nodes for round_of_one in fitted._predictors]  # noqa: SLF001 - nor here
    several = [_from_histogram(nodes, start if number == 0 else 0.0) for number, nodes in enumerate(trees)]
    return text_of_trees(several, columns=int(fitted.n_features_in_))


def text_of_trees(trees: Sequence[Tree], *, columns: int) -> str:
    """Trees whose leaves add up to log odds."""
    head = [
        "tree",
        "version=v4",
        "num_class=1",
        "num_tree_per_iteration=1",
        "label_index=0",
        f"max_feature_idx={columns - 1}",
        "objective=binary sigmoid:1",
        "feature_names=" + " ".join(f"Column_{number}" for number in range(columns)),
        "feature_infos=" + " ".join(["[-1e300:1e300]"] * columns),
        "",
    ]
    return "\n".join([*head, *(_written(number, tree) for number, tree in enumerate(trees)), "end of trees", ""])


def _from_histogram(nodes: Any, start: float) -> Tree:
    """Inner nodes and leaves are counted apart."""
    is_leaf = nodes["is_leaf"].astype(bool)
    place = np.where(is_leaf, -np.cumsum(is_leaf), np.cumsum(~is_leaf) - 1)
    inner, leaves = nodes[~is_leaf], nodes[is_leaf]
    return Tree(
        features=inner["feature_idx"].tolist(),
        thresholds=np.clip(inner["num_threshold"], -_LARGEST, _LARGEST).tolist(),
        missing_left=inner["missing_go_to_left"].astype(bool).tolist(),
        left=place[inner["left"]].tolist(),
        right=place[inner["right"]].tolist(),
        counts=inner["count"].tolist(),
        leaf_values=(leaves["value"] + start).tolist(),
        leaf_counts=leaves["count"].tolist(),
        gains=inner["gain"].tolist(),
    )


def _written(number: int, tree: Tree) -> str:
    nodes = len(tree.features)
    lines: dict[str, Sequence[object]] = {
        "num_leaves": [len(tree.leaf_values)],
        "num_cat": [0],
        "split_feature": tree.features,
        "split_gain": tree.gains or [0.0] * nodes,
        "threshold": tree.thresholds,
        "decision_type": [_MISSING_BY_NAN + _MISSING_GOES_LEFT * left for left in tree.missing_left],
        "left_child": tree.left,
        "right_child": tree.right,
        "leaf_value": tree.leaf_values,
        "leaf_weight": tree.leaf_counts,
        "leaf_count": tree.leaf_counts,
        "internal_value": [0.0] * nodes,
        "internal_weight": tree.counts,
        "internal_count": tree.counts,
        "is_linear": [0],
        "shrinkage": [1],
    }
    return "\n".join([f"Tree={number}", *(f"{name}={_joined(values)}" for name, values in lines.items()), "", ""])


def _joined(values: Sequence[object]) -> str:
    return " ".join(repr(value) for value in values)
