"""CatBoost, where somebody installed it: large, but on some tables the best.

Once learned, its trees are read into LightGBM, so that what was learned can be kept, explained and scored without it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np

from ..columns import Floats
from ..design import Matrices
from ..tree_sums import log_odds_at, log_odds_by
from ..trees_as_text import text_of_trees
from .candidate import Candidate, Learned, Lesson
from .symmetric import trees_of

if TYPE_CHECKING:
    from lightgbm import Booster

_SETTINGS: dict[str, Any] = {"learning_rate": 0.1, "depth": 6, "l2_leaf_reg": 5.0}
_ROUNDS = 120
_LENGTHS = (0.5, 1.0, 2.0)


@dataclass(frozen=True)
class SymmetricTrees:
    """CatBoost's trees in LightGBM's text."""

    text: str

    @cached_property
    def booster(self) -> "Booster":
        """The trees, read."""
        from lightgbm import Booster

        return Booster(model_str=self.text)

    def log_odds(self, matrices: Matrices) -> Floats:
        """The sum of the leaves."""
        return log_odds_by(self.booster, matrices.plain)


def _learn(lesson: Lesson) -> Learned:
    from catboost import CatBoostClassifier

    plain = lesson.matrices.plain
    if not (plain != plain[:1]).any():
        return SymmetricTrees(text_of_trees([], columns=plain.shape[1]))  # it refuses what says nothing
    rounds = {"iterations": lesson.rounds(_ROUNDS), "random_seed": lesson.seed}
    fitted = CatBoostClassifier(**_SETTINGS, **rounds, verbose=False, thread_count=1, allow_writing_files=False)
    fitted.fit(plain, lesson.yes.astype(np.int64), sample_weight=lesson.weights)
    with TemporaryDirectory() as folder:
        place = Path(folder) / "trees.json"
        fitted.save_model(str(place), format="json")
        stored = json.loads(place.read_text())
    return SymmetricTrees(text_of_trees(trees_of(stored), columns=plain.shape[1]))


def _after(learned: SymmetricTrees, matrices: Matrices, shares: Sequence[float]) -> list[Floats]:
    rounds = [max(1, round(share * learned.booster.num_trees())) for share in shares]
    return log_odds_at(learned.booster, matrices.plain, rounds)


def optional_candidates() -> tuple[Candidate, ...]:
    """The candidates whose libraries happen to be there."""
    return (Candidate("catboost", "CatBoost", _learn, _LENGTHS, _after),) if find_spec("catboost") else ()
