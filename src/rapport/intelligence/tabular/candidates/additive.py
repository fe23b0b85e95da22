"""An explainable boosting machine without interactions: a sum of one curve a column (Lou et al., KDD 2012)."""

from dataclasses import dataclass
from typing import Any
from warnings import filterwarnings

import numpy as np

from ..columns import Floats
from ..design import Matrices
from .candidate import Candidate, Learned, Lesson, log_odds

_MOST_CURVES = 15_000
"""Rounds times columns: with very many columns the last rounds change little."""
_FEWEST_ROUNDS, _MOST_ROUNDS = 50, 300
_SMOOTHED, _PATIENCE = 50, 10
"""Rounds with cuts drawn at random, which never stop it, and rounds without a gain before it stops: with 75, as
interpret has it, and 50 the held-out loss of 40 development tables was .0008 higher (± .0004), for half as much time
again."""


@dataclass(frozen=True)
class _Additive:
    fitted: Any

    def log_odds(self, matrices: Matrices) -> Floats:
        return log_odds(self.fitted.predict_proba(matrices.plain)[:, 1])


def _learn(lesson: Lesson) -> Learned:
    from interpret.glassbox import ExplainableBoostingClassifier

    plain = lesson.matrices.plain
    fitted = ExplainableBoostingClassifier(
        outer_bags=1,
        inner_bags=0,
        interactions=0,
        max_bins=64,
        max_rounds=int(np.clip(_MOST_CURVES / plain.shape[1], _FEWEST_ROUNDS, _MOST_ROUNDS)),
        learning_rate=0.1,
        smoothing_rounds=_SMOOTHED,
        early_stopping_rounds=_PATIENCE,
        n_jobs=1,
        random_state=lesson.seed,
    )
    filterwarnings("ignore", message="Missing values detected")  # only its own pictures don't show them
    fitted.fit(plain, lesson.yes.astype(np.int64), sample_weight=lesson.weights)
    return _Additive(fitted)


ADDITIVE = Candidate("explainable_boosting", "Explainable boosting", _learn)
