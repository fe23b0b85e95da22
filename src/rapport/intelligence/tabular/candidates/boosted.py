"""Boosted trees: LightGBM on a short, a long and hardly any rein, and scikit-learn's on histograms."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..columns import Floats
from ..design import Matrices
from ..one_thread import one_thread
from ..tree_sums import log_odds_at, log_odds_by
from .candidate import Candidate, Learned, Lesson

if TYPE_CHECKING:
    from lightgbm import LGBMClassifier
    from sklearn.ensemble import HistGradientBoostingClassifier

_CAREFUL: dict[str, Any] = {
    "learning_rate": 0.09,
    "num_leaves": 8,
    "min_child_samples": 40,
    "colsample_bytree": 0.6,
    "subsample": 0.8,
    "subsample_freq": 1,
    "reg_lambda": 5.0,
}
_CAREFUL_ROUNDS = 100
_BINS = 63
_FREE = _CAREFUL | {"num_leaves": 16, "min_child_samples": 20, "max_bin": _BINS}
_FREE_ROUNDS = 87
_LOOSE: dict[str, Any] = {"learning_rate": 0.1, "num_leaves": 31, "min_child_samples": 20, "reg_lambda": 1.0}
"""All rows and columns for every tree: only so is found what few rows show where several columns meet."""
_LOOSE_ROUNDS = 100
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


def _loose(lesson: Lesson) -> Learned:
    return _light(lesson, settings=_LOOSE, rounds=lesson.rounds(_LOOSE_ROUNDS))


def _after(learned: _LightTrees, matrices: Matrices, shares: Sequence[float]) -> list[Floats]:
    rounds = [max(1, round(share * learned.rounds)) for share in shares]
    return log_odds_at(learned.fitted.booster_, matrices.plain, rounds)


@dataclass(frozen=True)
class _HistogramTrees:
    fitted: "HistGradientBoostingClassifier"

    def log_odds(self, matrices: Matrices) -> Floats:
        with one_thread():
            return np.asarray(self.fitted.decision_function(matrices.plain), dtype=np.float64)


def _histogram(lesson: Lesson) -> Learned:
    from sklearn.ensemble import HistGradientBoostingClassifier

    fitted = HistGradientBoostingClassifier(
        learning_rate=0.12,
        max_iter=50,
        max_bins=_BINS,
        max_leaf_nodes=12,
        min_samples_leaf=40,
        l2_regularization=5.0,
        early_stopping=False,
        random_state=lesson.seed,
    )
    rounded = np.column_stack([_rounded(column) for column in lesson.matrices.plain.T])
    with one_thread():
        fitted.fit(rounded, lesson.yes, sample_weight=lesson.weights)
    return _HistogramTrees(fitted)


def _rounded(numbers: Floats) -> Floats:
    """Each number as the nearest of few that stand for as many rows each: scikit-learn cuts half-way between them.

    By itself it looks for cuts that part the weights evenly, for longer than it then learns.
    """
    given = np.sort(numbers[~np.isnan(numbers)])
    if np.count_nonzero(np.diff(given)) < _BINS:
        return numbers
    few = np.unique(given[((np.arange(_BINS) + 0.5) / _BINS * len(given)).astype(int)])
    nearest = few[np.searchsorted((few[1:] + few[:-1]) / 2, np.nan_to_num(numbers))]
    return np.where(np.isnan(numbers), np.nan, nearest)


CAREFUL_TREES = Candidate("lightgbm_regularised", "LightGBM, strongly regularised", _careful)
FREE_TREES = Candidate("lightgbm", "LightGBM", _free, _LENGTHS, _after)
LOOSE_TREES = Candidate("lightgbm_loose", "LightGBM, hardly regularised", _loose, _LENGTHS, _after)
HISTOGRAM_TREES = Candidate("histogram_boosting", "Histogram boosting", _histogram)
