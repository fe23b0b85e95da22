"""CatBoost, where somebody installed it: large, and rarely better than the others."""

from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np

from ..columns import Floats
from ..design import Matrices
from ..measures import Booleans
from .candidate import Candidate, Learned


@dataclass(frozen=True)
class _CatBoost:
    fitted: Any

    def log_odds(self, matrices: Matrices) -> Floats:
        return np.asarray(self.fitted.predict(matrices.plain, prediction_type="RawFormulaVal"), dtype=np.float64)


def _learn(matrices: Matrices, yes: Booleans, weights: Floats, seed: int) -> Learned:
    from catboost import CatBoostClassifier

    fitted = CatBoostClassifier(verbose=False, thread_count=1, random_seed=seed, allow_writing_files=False)
    fitted.fit(matrices.plain, yes.astype(np.int64), sample_weight=weights)
    return _CatBoost(fitted)


def optional_candidates() -> tuple[Candidate, ...]:
    """The candidates whose libraries happen to be there."""
    return (Candidate("catboost", "CatBoost", _learn),) if find_spec("catboost") else ()
