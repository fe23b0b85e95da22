"""Boosted trees: LightGBM with a strong and with its usual hand, and scikit-learn's on histograms."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from lightgbm import LGBMClassifier
from sklearn.ensemble import HistGradientBoostingClassifier
from threadpoolctl import threadpool_limits

from ..columns import Floats
from ..design import Matrices
from ..measures import Booleans
from .candidate import Candidate, Learned

_CAREFUL: dict[str, Any] = {
    "n_estimators": 150,
    "learning_rate": 0.06,
    "num_leaves": 8,
    "min_child_samples": 40,
    "colsample_bytree": 0.6,
    "subsample": 0.8,
    "subsample_freq": 1,
    "reg_lambda": 5.0,
}


@dataclass(frozen=True)
class _LightTrees:
    fitted: LGBMClassifier

    def log_odds(self, matrices: Matrices) -> Floats:
        return np.asarray(self.fitted.predict(matrices.plain, raw_score=True, num_threads=1), dtype=np.float64)


def _light(settings: dict[str, Any]) -> Callable[[Matrices, Booleans, Floats, int], Learned]:
    def learn(matrices: Matrices, yes: Booleans, weights: Floats, seed: int) -> Learned:
        fitted = LGBMClassifier(**settings, n_jobs=1, verbose=-1, random_state=seed, deterministic=True)
        fitted.fit(matrices.plain, yes, sample_weight=weights)
        return _LightTrees(fitted)

    return learn


@dataclass(frozen=True)
class _HistogramTrees:
    fitted: HistGradientBoostingClassifier

    def log_odds(self, matrices: Matrices) -> Floats:
        with threadpool_limits(limits=1):
            return np.asarray(self.fitted.decision_function(matrices.plain), dtype=np.float64)


def _histogram(matrices: Matrices, yes: Booleans, weights: Floats, seed: int) -> Learned:
    fitted = HistGradientBoostingClassifier(
        learning_rate=0.12,
        max_iter=50,
        max_bins=63,
        max_leaf_nodes=12,
        min_samples_leaf=40,
        l2_regularization=5.0,
        early_stopping=False,
        random_state=seed,
    )
    with threadpool_limits(limits=1):
        fitted.fit(matrices.plain, yes, sample_weight=weights if np.ptp(weights) else None)  # equal ones cost much time
    return _HistogramTrees(fitted)


CAREFUL_TREES = Candidate("lightgbm_regularised", "LightGBM, strongly regularised", _light(_CAREFUL))
PLAIN_TREES = Candidate("lightgbm", "LightGBM", _light({}))
HISTOGRAM_TREES = Candidate("histogram_boosting", "Histogram boosting", _histogram)
