"""Logistic regression over steps and switches, held small by a squared penalty."""

from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from ..columns import Floats
from ..design import Matrices
from .candidate import Candidate, Learned, Lesson

_PENALTY = 0.1
_ROUNDS = 300


@dataclass(frozen=True)
class _Linear:
    weights: Floats
    start: float

    def log_odds(self, matrices: Matrices) -> Floats:
        return np.asarray(matrices.steps @ self.weights + self.start, dtype=np.float64)


def _learn(lesson: Lesson) -> Learned:
    fitted = LogisticRegression(C=_PENALTY, max_iter=_ROUNDS, random_state=lesson.seed)
    with threadpool_limits(limits=1):  # several threads wait for each other longer than they work
        fitted.fit(lesson.matrices.steps, lesson.yes, sample_weight=lesson.weights)
    return _Linear(fitted.coef_[0], float(fitted.intercept_[0]))


LINEAR = Candidate("logistic_regression", "Logistic regression", _learn)
