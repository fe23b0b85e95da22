"""Boosted trees: LightGBM on a short and on a long rein, and scikit-learn's on histograms."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from threadpoolctl import threadpool_limits

from ..columns import Floats
from ..design import Matrices
from ..tree_sums import log_odds_by
from .candidate import Candidate, Learned, Lesson

if TYPE_CHECKING:
    from lightgbm import LGBMClassifier
    from sklearn.ensemble import HistGradientBoostingClassifier

_CAREFUL: dict[str, Any] = {
    "learning_rate": 0.06,
    "num_leaves": 8,
    "min_child_samples": 40,
    "colsample_bytree": 0.6,
    "subsample": 0.8,
    "subsample_freq": 1,
    "reg_lambda": 5.0,
}
_CAREFUL_ROUNDS = 150
_FREE = _CAREFUL | {"num_leaves": 16, "min_child_samples": 20}
_FREE_ROUNDS = 130
_LENGTHS = (0.5, 1.0, 2.0)


@dataclass(frozen=True)
class _LightTrees:
    fitted: "LGBMClassifier"
    rounds: int

    def log_odds(self, matrices: Matrices) -> Floats:
        return log_odds_by(self.fitted.booster_, matrices.plain, rounds=self.rounds)


def _light(lesson: Lesson, *, settings: dict[str, Any], rounds: int) -> Learned:
    from lightgbm import LGBMClassifier

    fitted = LGBMClassifier(
        **settings, n_estimators=rounds, n_jobs=1, verbose=-1, random_state=lesson.seed, deterministic=True
    )
    fitted.fit(lesson.matrices.plain, lesson.yes, sample_weight=lesson.weights)
    return _LightTrees(fitted, rounds)


def _careful(lesson: Lesson) -> Learned:
    return _light(lesson, settings=_CAREFUL, rounds=_CAREFUL_ROUNDS)


def _free(lesson: Lesson) -> Learned:
    return _light(lesson, settings=_FREE, rounds=lesson.rounds(_FREE_ROUNDS))


def _shortened(learned: _LightTrees, share: float) -> Learned:
    return replace(learned, rounds=max(1, round(share * learned.rounds)))


@dataclass(frozen=True)
class _HistogramTrees:
    fitted: "HistGradientBoostingClassifier"

    def log_odds(self, matrices: Matrices) -> Floats:
        with threadpool_limits(limits=1):
            return np.asarray(self.fitted.decision_function(matrices.plain), dtype=np.float64)


def _histogram(lesson: Lesson) -> Learned:
    from sklearn.ensemble import HistGradientBoostingClassifier

    fitted = HistGradientBoostingClassifier(
        learning_rate=0.12,
        max_iter=50,
        max_bins=63,
        max_leaf_nodes=12,
        min_samples_leaf=40,
        l2_regularization=5.0,
        early_stopping=False,
        random_state=lesson.seed,
    )
    with threadpool_limits(limits=1):
        weights = lesson.weights if np.ptp(lesson.weights) else None  # equal ones cost much time
        fitted.fit(lesson.matrices.plain, lesson.yes, sample_weight=weights)
    return _HistogramTrees(fitted)


CAREFUL_TREES = Candidate("lightgbm_regularised", "LightGBM, strongly regularised", _careful)
FREE_TREES = Candidate("lightgbm", "LightGBM", _free, _LENGTHS, _shortened)
HISTOGRAM_TREES = Candidate("histogram_boosting", "Histogram boosting", _histogram)
