"""A learned blend: boosted trees that see what the recommenders say of an item, and what is known of item and case."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from lightgbm import LGBMClassifier
from numpy.typing import NDArray

from .purchases import Codes
from .recommenders import Ground, Scores
from .situations import Situation

_LOOKED_AT = 50
_FEWEST_HITS = 100
_SETTINGS: dict[str, Any] = {
    "n_estimators": 150,
    "learning_rate": 0.05,
    "num_leaves": 15,
    "min_child_samples": 100,
    "colsample_bytree": 0.6,
    "subsample": 0.8,
    "subsample_freq": 1,
    "reg_lambda": 5.0,
    "n_jobs": 1,
    "verbose": -1,
    "deterministic": True,
}

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Choices:
    """Items worth a closer look: one row each, of case `case` and item `item`; `wanted` where it was bought later."""

    case: Codes
    item: Codes
    features: Floats
    wanted: NDArray[np.bool_]
    shape: tuple[int, int]

    def of_cases(self, chosen: Codes) -> NDArray[np.bool_]:
        """Which rows belong to these cases."""
        return np.isin(self.case, chosen)


@dataclass(frozen=True)
class Ranking:
    """What was learned."""

    fitted: LGBMClassifier

    def scores(self, choices: Choices) -> Scores:
        """Of shape (cases, items); what wasn't looked at comes last."""
        scores = np.full(choices.shape, -np.inf, dtype=np.float32)
        scores[choices.case, choices.item] = self.fitted.predict(choices.features, raw_score=True, num_threads=1)
        return scores


def learn(choices: Choices, rows: NDArray[np.bool_], *, seed: int) -> Ranking | None:
    """Learn from some rows; nothing where too few of them were wanted."""
    if choices.wanted[rows].sum() < _FEWEST_HITS:
        return None
    fitted = LGBMClassifier(**_SETTINGS, random_state=seed)
    return Ranking(fitted.fit(choices.features[rows], choices.wanted[rows]))


def choices_of(ground: Ground) -> Choices:
    """The items that one of the recommenders puts first, with what each says."""
    situation = ground.situation
    scores = _scores(ground)
    looked_at = np.zeros(situation.held.shape, dtype=bool)
    for given in _first_lists(ground):
        best = np.argpartition(-without_held(given, situation), min(_LOOKED_AT, given.shape[1] - 1), axis=1)
        np.put_along_axis(looked_at, best[:, :_LOOKED_AT], values=True, axis=1)
    looked_at[situation.held.nonzero()] = False
    case, item = np.nonzero(looked_at)
    features = [np.log1p(figures[item]) for figures in _figures(situation)]
    for given in scores:
        highest = np.abs(given).max(axis=1, keepdims=True) + 1e-9
        features += [given[case, item], (given / highest)[case, item]]
    number_held = np.asarray(situation.held.sum(axis=1)).ravel()
    features += [np.log1p(number_held)[case], np.log1p(np.maximum(situation.since, 0))[case]]
    wanted = np.asarray(situation.wanted[case, item]).ravel() > 0
    return Choices(case, item, np.column_stack(features), wanted, situation.held.shape)


def _figures(situation: Situation) -> list[Floats]:
    return [situation.popularity, *(figures for _name, figures in sorted(situation.stock.items()))]


def _scores(ground: Ground) -> list[Scores]:
    situation = ground.situation
    if situation.stock:
        return [ground.ease, ground.ease_lately, ground.nearest, np.asarray(situation.lately @ ground.alike)]
    return [ground.ease, ground.ease_of_change, ground.nearest, np.asarray(situation.held @ ground.together)]


def _first_lists(ground: Ground) -> list[Scores]:
    stock = ground.situation.stock
    if not stock:
        return [ground.ease_of_change, ground.ease, ground.for_all(ground.situation.popularity)]
    newest, month = stock["first-time buyers 7"], stock["first-time buyers 30"]
    ease = np.maximum(ground.ease, 0)
    lists = [ease * (newest + 1), ease * (month + 1), ground.for_all(newest), ground.nearest * (month + 1)]
    return [np.asarray(given, dtype=np.float32) for given in lists]


def without_held(scores: Scores, situation: Situation) -> Scores:
    """The same scores; what a case holds already comes last."""
    left = scores.copy()
    left[situation.held.nonzero()] = -np.inf
    return left
