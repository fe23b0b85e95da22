"""CatBoost, where somebody installed it: large, but on some tables the best.

Once learned, its trees are read into LightGBM, so that what was learned can be kept, explained and scored without it.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from lightgbm import Booster

from ..columns import Floats
from ..design import Matrices
from ..measures import Booleans
from ..trees_as_text import text_of_trees
from .candidate import Candidate, Learned
from .symmetric import trees_of

_SETTINGS: dict[str, Any] = {"iterations": 120, "learning_rate": 0.12, "depth": 5, "l2_leaf_reg": 5.0}


@dataclass(frozen=True)
class SymmetricTrees:
    """CatBoost's trees in LightGBM's text."""

    text: str

    @cached_property
    def booster(self) -> Booster:
        """The trees, read."""
        return Booster(model_str=self.text)

    def log_odds(self, matrices: Matrices) -> Floats:
        """The sum of the leaves."""
        return np.asarray(self.booster.predict(matrices.plain, raw_score=True, num_threads=1), dtype=np.float64)


def _learn(matrices: Matrices, yes: Booleans, weights: Floats, seed: int) -> Learned:
    from catboost import CatBoostClassifier

    if not (matrices.plain != matrices.plain[:1]).any():
        return SymmetricTrees(text_of_trees([], columns=matrices.plain.shape[1]))  # it refuses what says nothing
    fitted = CatBoostClassifier(**_SETTINGS, verbose=False, thread_count=1, random_seed=seed, allow_writing_files=False)
    fitted.fit(matrices.plain, yes.astype(np.int64), sample_weight=weights)
    with TemporaryDirectory() as folder:
        place = Path(folder) / "trees.json"
        fitted.save_model(str(place), format="json")
        stored = json.loads(place.read_text())
    return SymmetricTrees(text_of_trees(trees_of(stored), columns=matrices.plain.shape[1]))


def optional_candidates() -> tuple[Candidate, ...]:
    """The candidates whose libraries happen to be there."""
    return (Candidate("catboost", "CatBoost", _learn),) if find_spec("catboost") else ()
