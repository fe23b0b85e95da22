"""Logistic regression, held small by a squared penalty: over straight lines, and over steps that follow a curve."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ..columns import Floats
from ..design import Matrices
from ..one_thread import one_thread
from .candidate import Candidate, Learned, Lesson

Drawn = Literal["lines", "steps"]

_PENALTY: dict[Drawn, float] = {"lines": 0.3, "steps": 0.1}
"""As scikit-learn counts: the less, the smaller the weights are held."""
_ROUNDS = 300


@dataclass(frozen=True)
class _Linear:
    weights: Floats
    start: float
    drawn: Drawn

    def log_odds(self, matrices: Matrices) -> Floats:
        drawn: Floats = getattr(matrices, self.drawn)
        return np.asarray(drawn @ self.weights + self.start, dtype=np.float64)


def _learn(lesson: Lesson, *, drawn: Drawn) -> Learned:
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=_PENALTY[drawn], max_iter=_ROUNDS, random_state=lesson.seed)
    with one_thread():
        fitted.fit(getattr(lesson.matrices, drawn), lesson.yes, sample_weight=lesson.weights)
    return _Linear(fitted.coef_[0], float(fitted.intercept_[0]), drawn)


STRAIGHT = Candidate("straight_lines", "Logistic regression, straight lines", lambda one: _learn(one, drawn="lines"))
LINEAR = Candidate("logistic_regression", "Logistic regression", lambda one: _learn(one, drawn="steps"))
