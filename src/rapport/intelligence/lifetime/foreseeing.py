"""What each customer is expected to bring: by a model of buying, learned, blended, or as in the past.

The total is steered by trials at earlier cuts: what the model of buying foresaw too little or too much there, by length
of the horizon, is expected to go on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import lightgbm
import numpy as np
from threadpoolctl import threadpool_limits

from .buying import Buying, fit_buying
from .features import features_of
from .purchases import WEEK, Floats, Histories, Purchases, histories_at
from .spending import Spending, fit_spending

NAIVE, MODEL, LEARNED, BLEND = "naive", "model of buying", "learned", "blend"
ALGORITHMS = (NAIVE, MODEL, LEARNED, BLEND)
_SHARES = (0.15, 0.25, 0.35, 0.5)
_FEWEST_BUYERS = 30
_MOST_STEERED = 0.5
_ROUNDS = 150
_SETTINGS: dict[str, Any] = {
    "objective": "tweedie",
    "tweedie_variance_power": 1.5,
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


@dataclass(frozen=True)
class View:
    """Customers at a cut, with the models fitted to what was known then."""

    known: Histories
    buying: Buying
    spending: Spending

    def revenue(self, weeks: float) -> Floats:
        """Expected by the models of buying and spending, not steered."""
        return self.buying.purchases(self.known, weeks) * self.spending.amount(self.known)

    def naive(self, weeks: float) -> Floats:
        """As much a week as since the first purchase."""
        return self.known.spent * (self.known.repeats + 1) / np.maximum(self.known.age, 1.0) * weeks

    def features(self, weeks: float) -> Floats:
        """What is learned from."""
        rate = self.buying.purchases(self.known, weeks) / weeks
        return features_of(
            self.known, buys=rate, alive=self.buying.alive(self.known), amount=self.spending.amount(self.known)
        )


def view_at(purchases: Purchases, cut: float, *, seed: int) -> View:
    """Fit the models to what was known at the cut."""
    known = histories_at(purchases, cut)
    with threadpool_limits(limits=1):
        return View(known, fit_buying(known, seed=seed), fit_spending(known, seed=seed))


@dataclass(frozen=True)
class Foreseen:
    """What is foreseen at a cut for the weeks after it, by algorithm, and how: `drift` is by how much a week the
    logarithm of the total is steered, `learned_weeks` the horizon of the trial that was learned from, `trees` what was
    learned there, so that it can be kept."""

    view: View
    weeks: float
    drift: float
    learned_weeks: float
    correction: Floats
    trees: lightgbm.Booster | None = None

    @cached_property
    def by_algorithm(self) -> dict[str, Floats]:
        """Expected revenue, shape (customers,) each."""
        model = self.view.revenue(self.weeks)
        steered = model * np.exp(np.clip(self.drift * self.weeks, -_MOST_STEERED, _MOST_STEERED))
        beyond = np.clip(self.drift * (self.weeks - self.learned_weeks), -_MOST_STEERED, _MOST_STEERED)
        learned = model * self.correction * np.exp(beyond) if self.learned_weeks else steered
        return {
            NAIVE: self.view.naive(self.weeks),
            MODEL: steered,
            LEARNED: learned,
            BLEND: np.sqrt(steered * learned),
        }


def foresee(purchases: Purchases, cut: float, weeks: float, *, seed: int = 1) -> Foreseen:
    """Learn from purchases before the cut what each customer brings in the weeks after it."""
    view = view_at(purchases, cut, seed=seed)
    trials = _trials(purchases, cut, weeks, seed)
    if not trials:
        return Foreseen(view, weeks, 0.0, 0.0, np.ones(len(view.known)))
    trees = _learn(trials, purchases, seed)
    correction = np.exp(trees.predict(view.features(weeks), raw_score=True))
    longest = max(length for _view, length in trials)
    return Foreseen(view, weeks, _drift(trials, purchases), longest, np.asarray(correction, dtype=np.float64), trees)


Trial = tuple[View, float]
"""An earlier cut, and how many weeks after it are known."""


def _trials(purchases: Purchases, cut: float, weeks: float, seed: int) -> list[Trial]:
    """Earlier cuts: at least half of the time stays to learn from, and no horizon is longer than what is asked."""
    span = (cut - purchases.first) / WEEK
    lengths = sorted({min(weeks, share * span) for share in _SHARES})
    trials = []
    for length in lengths:
        earlier = cut - length * WEEK
        known = histories_at(purchases, earlier) if length >= 1 else None
        if known is not None and known.buys(purchases, cut).sum() >= _FEWEST_BUYERS:
            trials.append((view_at(purchases, earlier, seed=seed), length))
    return trials


def _drift(trials: Sequence[Trial], purchases: Purchases) -> float:
    """How far the logarithm of actual over foreseen totals moves a week: a line through 0, longer trials weigh more."""
    lengths = np.array([length for _view, length in trials])
    gaps = np.array([_gap(view, length, purchases) for view, length in trials])
    return float((lengths * gaps).sum() / (lengths**2).sum())


def _gap(view: View, weeks: float, purchases: Purchases) -> float:
    came = view.known.revenue(purchases, view.known.cut + weeks * WEEK).sum()
    return float(np.clip(np.log(max(came, 1e-9) / max(view.revenue(weeks).sum(), 1e-9)), -1.0, 1.0))


def _learn(trials: Sequence[Trial], purchases: Purchases, seed: int) -> lightgbm.Booster:
    """Trees for what the model of buying can't see; they start from it, so that they can do for another horizon."""
    longest = [trial for trial in trials if trial[1] >= 0.6 * max(length for _view, length in trials)]
    features, brought, start = [], [], []
    for view, weeks in longest:
        features.append(view.features(weeks))
        brought.append(np.maximum(view.known.revenue(purchases, view.known.cut + weeks * WEEK), 0))
        start.append(np.log(np.maximum(view.revenue(weeks), 1e-6)))
    table = lightgbm.Dataset(
        np.vstack(features), np.concatenate(brought), init_score=np.concatenate(start), params={"verbose": -1}
    )
    return lightgbm.train(_SETTINGS | {"seed": seed}, table, _ROUNDS)
