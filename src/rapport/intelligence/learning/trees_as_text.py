"""Boosted trees of scikit-learn written in LightGBM's text, which can be kept, read safely and explained exactly.

The form is that of LightGBM's model files (`Booster.model_to_string`).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

_MISSING_BY_NAN, _MISSING_GOES_LEFT = 8, 2
_LARGEST = 1e300


def text_of(fitted: Any) -> str:
    """The trees of a fitted `HistGradientBoostingClassifier` with two classes."""
    start = float(np.ravel(fitted._baseline_prediction)[0])  # noqa: SLF001 - there is no public way to its trees
    trees = [round_of_one[0].nodes for round_of_one in fitted._predictors]  # noqa: SLF001 - nor here
    columns = int(fitted.n_features_in_)
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
    told = [_tree(number, nodes, start if number == 0 else 0.0) for number, nodes in enumerate(trees)]
    return "\n".join([*head, *told, "end of trees", ""])


def _tree(number: int, nodes: Any, start: float) -> str:
    """One tree; inner nodes and leaves are counted apart, leaves as -1, -2, …"""
    is_leaf = nodes["is_leaf"].astype(bool)
    place = np.where(is_leaf, -np.cumsum(is_leaf), np.cumsum(~is_leaf) - 1)
    inner, leaves = nodes[~is_leaf], nodes[is_leaf]
    kind = _MISSING_BY_NAN + _MISSING_GOES_LEFT * inner["missing_go_to_left"].astype(int)
    lines = {
        "num_leaves": [len(leaves)],
        "num_cat": [0],
        "split_feature": inner["feature_idx"].tolist(),
        "split_gain": inner["gain"].tolist(),
        "threshold": np.clip(inner["num_threshold"], -_LARGEST, _LARGEST).tolist(),
        "decision_type": kind.tolist(),
        "left_child": place[inner["left"]].tolist(),
        "right_child": place[inner["right"]].tolist(),
        "leaf_value": (leaves["value"] + start).tolist(),
        "leaf_weight": leaves["count"].tolist(),
        "leaf_count": leaves["count"].tolist(),
        "internal_value": inner["value"].tolist(),
        "internal_weight": inner["count"].tolist(),
        "internal_count": inner["count"].tolist(),
        "is_linear": [0],
        "shrinkage": [1],
    }
    return "\n".join([f"Tree={number}", *(f"{name}={_joined(values)}" for name, values in lines.items()), "", ""])


def _joined(values: Sequence[float]) -> str:
    return " ".join(repr(value) for value in values)
