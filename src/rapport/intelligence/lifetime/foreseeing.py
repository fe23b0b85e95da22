"""What each customer is expected to bring: by models of buying, by what was learned, blended, or as in the past.

The total is steered by trials at earlier cuts: what a model of buying foresaw too little or too much there, by length
of the horizon, is expected to go on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from time import process_time
from typing import TypeVar

import numpy as np
from threadpoolctl import threadpool_limits

from .buying import FAMILIES, Buying, fit_family, likeliest
from .features import features_of
from .learners import Learner, Lesson, learn_cells, learn_line, learn_trees
from .pareto import PARETO, Pareto, fit_pareto
from .purchases import WEEK, Floats, Histories, Purchases, histories_at
from .spending import Spending, fit_spending

T = TypeVar("T")
NAIVE, MODEL, LEARNED, BLEND = "naive", "model of buying", "learned", "blend"
LIKE, LINE = "like customers", "straight line"
BUYING = (*FAMILIES, PARETO)
TAUGHT = (LIKE, LINE, LEARNED)
ALGORITHMS = (NAIVE, *BUYING, *TAUGHT, BLEND)
"""The ways compared, the baseline first; `MODEL` is the likelier of the first two of buying."""
_SHARES = (0.15, 0.25, 0.35, 0.5)
_FEWEST_BUYERS = 30
_MOST_STEERED = 0.5


@dataclass(frozen=True)
class View:
    """Customers at a cut, with the models fitted to what was known then; `buying` is the likelier of the discrete."""

    known: Histories
    buying: Buying
    spending: Spending
    models: Mapping[str, Buying | Pareto] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)

    def revenue(self, weeks: float, model: str = MODEL) -> Floats:
        """Expected by a model of buying and that of spending, not steered."""
        buying = self.models.get(model, self.buying)
        return buying.purchases(self.known, weeks) * self.spending.amount(self.known)

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
    known, clock = histories_at(purchases, cut), Clock()
    with threadpool_limits(limits=1):
        fitted = {one: clock.timed(one, partial(fit_family, known, one, seed=seed)) for one in FAMILIES}
        models: dict[str, Buying | Pareto] = {family: one for family, (_loss, one) in fitted.items()}
        pareto = clock.timed(PARETO, partial(fit_pareto, known, seed=seed)) or likeliest(fitted)
        spending = fit_spending(known, seed=seed)
    return View(known, likeliest(fitted), spending, {**models, PARETO: pareto}, clock.seconds)


@dataclass(frozen=True)
class Foreseen:
    """Revenue of each customer of `view` in the weeks after its cut. `drifts`: by how much the logarithm of the total
    moves a week beyond what each model of buying says; `times` multiply what the likelier one says of a customer, by
    what was learned over `learned_weeks`."""

    view: View
    weeks: float
    drifts: Mapping[str, float]
    learned_weeks: float
    times: Mapping[str, Floats]
    learners: Mapping[str, Learner] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def by_algorithm(self) -> dict[str, Floats]:
        """Expected revenue by each way that can be told, shape (customers,) each."""
        known = {NAIVE: self.view.naive(self.weeks)}
        known |= {name: self._steered(name) for name in (MODEL, *self.view.models)}
        known |= {name: self._learned(name) for name in TAUGHT}
        return {**known, BLEND: np.sqrt(known[PARETO if PARETO in known else MODEL] * known[LEARNED])}

    def _steered(self, name: str) -> Floats:
        moved = self.drifts.get(name, 0.0) * self.weeks
        return self.view.revenue(self.weeks, name) * float(np.exp(np.clip(moved, -_MOST_STEERED, _MOST_STEERED)))

    def _learned(self, name: str) -> Floats:
        if name not in self.times:
            return self._steered(MODEL)
        beyond = self.drifts.get(MODEL, 0.0) * (self.weeks - self.learned_weeks)
        steered = self.times[name] * float(np.exp(np.clip(beyond, -_MOST_STEERED, _MOST_STEERED)))
        return self.view.revenue(self.weeks) * steered


def foresee(purchases: Purchases, cut: float, weeks: float, *, seed: int = 1) -> Foreseen:
    """Learn from purchases before the cut what each customer brings in the weeks after it."""
    view = view_at(purchases, cut, seed=seed)
    trials = _trials(purchases, cut, weeks, seed)
    if not trials:
        return Foreseen(view, weeks, {}, 0.0, {})
    lesson, clock = _lesson(trials, purchases), Clock()
    learn: Mapping[str, Callable[[], Learner]] = {
        LIKE: partial(learn_cells, lesson),
        LINE: partial(learn_line, lesson),
        LEARNED: partial(learn_trees, lesson, seed=seed),
    }
    learners = {name: clock.timed(name, one) for name, one in learn.items()}
    drifts = {name: _drift(trials, purchases, name) for name in (MODEL, *BUYING)}
    longest = max(length for _view, length in trials)
    times = times_of(view, weeks, longest, learners)
    return Foreseen(view, weeks, drifts, longest, times, learners, _seconds(clock, [view, *(one for one, _ in trials)]))


def _seconds(clock: "Clock", views: Sequence[View]) -> dict[str, float]:
    """Of each way over all cuts; of the blend, what its members need."""
    fits = {name: sum(view.seconds[name] for view in views) for name in BUYING}
    return {**fits, **clock.seconds, BLEND: sum(fits.values()) + clock.seconds[LEARNED]}


class Clock:
    """Keeps how many seconds of the processor each way took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def timed(self, name: str, work: Callable[[], T]) -> T:
        """Do it and keep how long it took."""
        begun = process_time()
        done = work()
        self.seconds[name] = process_time() - begun
        return done


def times_of(view: View, weeks: float, learned_weeks: float, learners: Mapping[str, Learner]) -> dict[str, Floats]:
    """By how many times each way multiplies what the model says, shape (customers,) each."""
    features, foreseen = view.features(weeks), view.revenue(learned_weeks or weeks)
    return {name: one.times(features, foreseen) for name, one in learners.items()}


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


def _drift(trials: Sequence[Trial], purchases: Purchases, model: str) -> float:
    """How far the logarithm of actual over foreseen totals moves a week: a line through 0, longer trials weigh more."""
    lengths = np.array([length for _view, length in trials])
    gaps = np.array([_gap(view, length, purchases, model) for view, length in trials])
    return float((lengths * gaps).sum() / (lengths**2).sum())


def _gap(view: View, weeks: float, purchases: Purchases, model: str) -> float:
    came = view.known.revenue(purchases, view.known.cut + weeks * WEEK).sum()
    return float(np.clip(np.log(max(came, 1e-9) / max(view.revenue(weeks, model).sum(), 1e-9)), -1.0, 1.0))


def _lesson(trials: Sequence[Trial], purchases: Purchases) -> Lesson:
    """The longer trials together; what is learned starts from the model, so that it can do for another horizon."""
    longest = [trial for trial in trials if trial[1] >= 0.6 * max(length for _view, length in trials)]
    came = [np.maximum(view.known.revenue(purchases, view.known.cut + weeks * WEEK), 0) for view, weeks in longest]
    most = max(weeks for _view, weeks in longest)
    return Lesson(
        np.vstack([view.features(weeks) for view, weeks in longest]),
        np.concatenate([view.revenue(weeks) for view, weeks in longest]),
        np.concatenate(came),
        np.concatenate([np.full(len(view.known), weeks / most) for view, weeks in longest]),
    )
