"""What is learned from earlier cuts: by how many times what the model of buying foresees is to be multiplied.

All learn from the same table: what was known of customers at a cut, what the model foresaw, and what they brought.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import TweedieRegressor
from threadpoolctl import threadpool_limits

from .features import REPEATS, SILENCE, SPENT
from .purchases import Codes, Floats

_POWER = 1.5
_ROUNDS = 150
_SETTINGS: dict[str, Any] = {
    "objective": "tweedie",
    "tweedie_variance_power": _POWER,
    "learning_rate": 0.03,
    "num_leaves": 8,
    "min_data_in_leaf": 50,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "verbose": -1,
    "num_threads": 1,
    "deterministic": True,
}
_PENALTY = 0.1
_LEAST_SHARE = 1e-3
_FURTHEST = 1.5
_SPREADS = 3.0
_ALONE = 20.0
"""So many customers are added to each cell at what the cell around it brought."""
_PARTS = {SILENCE: 5, REPEATS: 5, SPENT: 4}


@dataclass(frozen=True)
class Lesson:
    """Customers at earlier cuts: features, shape (rows, features), what the model foresaw of each and what came, in
    which share of the longest time among them."""

    features: Floats
    foreseen: Floats
    came: Floats
    share: Floats


@dataclass(frozen=True)
class Trees:
    """Boosted trees that start from the model, as LightGBM's text."""

    text: str

    def times(self, features: Floats, _foreseen: Floats) -> Floats:
        """Shape (customers,)."""
        booster = lightgbm.Booster(model_str=self.text)
        return np.asarray(np.exp(booster.predict(features, raw_score=True, num_threads=1)), dtype=np.float64)


def learn_trees(lesson: Lesson, *, seed: int) -> Trees:
    """For what the model of buying can't see."""
    start = np.log(np.maximum(lesson.foreseen, 1e-6))
    table = lightgbm.Dataset(lesson.features, lesson.came, init_score=start, params={"verbose": -1})
    return Trees(lightgbm.train(_SETTINGS | {"seed": seed}, table, _ROUNDS).model_to_string())


@dataclass(frozen=True)
class Line:
    """A straight line in the logarithms of the features, for the logarithm of the correction."""

    weights: list[float]
    start: float
    centre: list[float]
    spread: list[float]

    def times(self, features: Floats, _foreseen: Floats) -> Floats:
        """Shape (customers,)."""
        scaled = _scaled(features, np.array(self.centre), np.array(self.spread))
        logs = np.clip(scaled @ np.array(self.weights) + self.start, -_FURTHEST, _FURTHEST)
        return np.asarray(np.exp(logs), dtype=np.float64)


def learn_line(lesson: Lesson) -> Line:
    """Tweedie regression (compound Poisson and gamma) with the model as offset, which is a weight for each ratio."""
    logs = _logs(lesson.features)
    centre, spread = logs.mean(axis=0), np.maximum(logs.std(axis=0), 1e-9)
    foreseen = np.maximum(lesson.foreseen, _LEAST_SHARE * max(float(lesson.foreseen.mean()), 1e-9))
    weights = foreseen ** (2 - _POWER)
    model = TweedieRegressor(power=_POWER, alpha=_PENALTY, link="log", solver="newton-cholesky", max_iter=100)
    with threadpool_limits(limits=1):
        model.fit(_scaled(lesson.features, centre, spread), lesson.came / foreseen, sample_weight=weights)
    if not (np.isfinite(model.coef_).all() and np.isfinite(model.intercept_)):
        return Line([0.0] * logs.shape[1], 0.0, centre.tolist(), spread.tolist())
    return Line(model.coef_.tolist(), float(model.intercept_), centre.tolist(), spread.tolist())


def _scaled(features: Floats, centre: Floats, spread: Floats) -> Floats:
    return np.asarray(np.clip((_logs(features) - centre) / spread, -_SPREADS, _SPREADS), dtype=np.float64)


def _logs(features: Floats) -> Floats:
    return np.asarray(np.sign(features) * np.log1p(np.abs(features)), dtype=np.float64)


@dataclass(frozen=True)
class Cells:
    """What customers brought who had been silent as long, bought as often and spent as much."""

    borders: dict[str, list[float]]
    means: list[float]

    def times(self, features: Floats, foreseen: Floats) -> Floats:
        """Shape (customers,)."""
        place = _cell(features, {int(name): border for name, border in self.borders.items()})
        return np.array(self.means)[place] / np.maximum(foreseen, 1e-9)


def learn_cells(lesson: Lesson) -> Cells:
    """Each cell's mean is drawn towards that of all who were silent as long and bought as often, and this to all."""
    borders = {
        name: np.unique(np.quantile(lesson.features[:, name], np.arange(1, parts) / parts)).tolist()
        for name, parts in _PARTS.items()
    }
    place, spends = _cell(lesson.features, borders), len(borders[SPENT]) + 1
    cells = int(np.prod([len(one) + 1 for one in borders.values()]))
    came = lesson.came / lesson.share
    outer = _drawn(place // spends, came, np.full(cells // spends, came.mean()))
    means = _drawn(place, came, np.repeat(outer, spends))
    return Cells({str(name): one for name, one in borders.items()}, means.tolist())


def _cell(features: Floats, borders: Mapping[int, list[float]]) -> Codes:
    place: NDArray[np.intp] = np.zeros(len(features), dtype=np.intp)
    for name in _PARTS:
        place = place * (len(borders[name]) + 1) + np.searchsorted(borders[name], features[:, name], side="right")
    return place


def _drawn(place: Codes, came: Floats, towards: Floats) -> Floats:
    rows = np.bincount(place, minlength=len(towards))
    brought = np.bincount(place, weights=came, minlength=len(towards))
    return np.asarray((brought + _ALONE * towards) / (rows + _ALONE), dtype=np.float64)


Learner = Trees | Line | Cells
_KINDS: Mapping[str, type[Trees] | type[Line] | type[Cells]] = {one.__name__: one for one in (Trees, Line, Cells)}


def as_stored(learner: Learner) -> dict[str, Any]:
    """As JSON."""
    return {"kind": type(learner).__name__, **asdict(learner)}


def learner_from(stored: Mapping[str, Any]) -> Learner:
    """The way back."""
    return _KINDS[stored["kind"]](**{name: one for name, one in stored.items() if name != "kind"})
