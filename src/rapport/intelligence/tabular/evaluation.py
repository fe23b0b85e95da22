"""What an estimator is worth on cases it never saw: random folds, and the newest after learning from the older."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from .columns import Column, Floats
from .measures import Booleans, Measures, measures_of, row_losses
from .training import Estimator, train

_NEWEST = 0.3
_FEWEST_ROWS = 100
_FEWEST_ANSWERS = 20
_WEAK = 0.6
_SURE = 1.96
_CERTAIN = 3.0
"""Folds learn from each other's answers, so an area of shuffled answers strays further than its standard error says."""

Rows = NDArray[np.intp]


class Verdict(StrEnum):
    """Whether to rely on it."""

    USABLE = "usable"
    WEAK = "weak"
    NO_SIGNAL = "no reliable signal"


@dataclass(frozen=True)
class Trial:
    """One trial: its figures, the algorithm chosen (of several folds: the one chosen on all rows), and how it is to be
    taken."""

    measures: Measures
    base_rate_brier: float
    verdict: Verdict
    reason: str
    algorithm: str
    leakage: tuple[str, ...]
    seconds: float


@dataclass(frozen=True)
class TimeOrder:
    """The rows from the oldest to the newest, as places in the table."""

    rows: Rows


@dataclass(frozen=True)
class Evaluation:
    """All trials. `estimator` is learned from all rows; `by_time` is there where the rows have an order."""

    folds: tuple[Trial, ...]
    overall: Trial
    by_time: Trial | None
    estimator: Estimator

    @property
    def decisive(self) -> Trial:
        """The trial whose verdict counts: the one by time, where that has cases enough to say anything."""
        if self.by_time is None or (_too_few(self.by_time.measures) and not _too_few(self.overall.measures)):
            return self.overall
        return self.by_time


def evaluate(
    columns: Sequence[Column],
    yes: Booleans,
    *,
    order: TimeOrder | None = None,
    folds: int = 5,
    seed: int = 1,
    keep: Sequence[str] = (),
    tell: Callable[[str], None] = lambda _text: None,
) -> Evaluation:
    """Learn and try, `folds` times at random and once by time. `tell` hears what is going on."""
    tried = []
    for number, (known, unknown) in enumerate(_random_folds(yes, folds, seed), start=1):
        tell(f"Fold {number} of {folds}")
        tried.append(_try(columns, yes, known, unknown, in_time_order=False, seed=seed, keep=keep))
    by_time = None
    if order is not None:
        tell("By time")
        border = len(order.rows) - int(_NEWEST * len(order.rows))
        older, newest = order.rows[:border], order.rows[border:]
        by_time = _try(columns, yes, older, newest, in_time_order=True, seed=seed, keep=keep).trial(yes)
    tell("All rows")
    rows = np.arange(len(yes)) if order is None else order.rows
    estimator = train(_of(columns, rows), yes[rows], in_time_order=order is not None, seed=seed, keep=keep)
    return Evaluation(tuple(one.trial(yes) for one in tried), _together(tried, yes, estimator), by_time, estimator)


@dataclass(frozen=True)
class _Tried:
    """What came of one trial; `rows` are places in the table, `chance` is what was promised for them."""

    rows: Rows
    chance: Floats
    estimator: Estimator
    seconds: float

    def trial(self, yes: Booleans) -> Trial:
        """Its figures, by the answers of the whole table."""
        return _trial(yes[self.rows], self.chance, self.estimator, self.seconds)


def _random_folds(yes: Booleans, folds: int, seed: int) -> list[tuple[Rows, Rows]]:
    """Each answer is spread evenly over the folds."""
    order = np.random.default_rng(seed).permutation(len(yes))
    order = order[np.argsort(yes[order], kind="stable")]
    fold = np.empty(len(yes), dtype=np.intp)
    fold[order] = np.arange(len(yes)) % folds
    return [(np.flatnonzero(fold != number), np.flatnonzero(fold == number)) for number in range(folds)]


def _of(columns: Sequence[Column], rows: Rows) -> list[Column]:
    return [column.rows(rows) for column in columns]


def _try(
    columns: Sequence[Column],
    yes: Booleans,
    known: Rows,
    unknown: Rows,
    *,
    in_time_order: bool,
    seed: int,
    keep: Sequence[str],
) -> _Tried:
    begun = perf_counter()
    estimator = train(_of(columns, known), yes[known], in_time_order=in_time_order, seed=seed, keep=keep)
    chance = estimator.chance(_of(columns, unknown))
    return _Tried(unknown, chance, estimator, perf_counter() - begun)


def _together(tried: Sequence[_Tried], yes: Booleans, estimator: Estimator) -> Trial:
    """All folds as one: each row was foreseen once, by an estimator that hadn't seen it."""
    chance = np.empty(len(yes))
    for one in tried:
        chance[one.rows] = one.chance
    return _trial(yes, chance, estimator, sum(one.seconds for one in tried))


def _trial(yes: Booleans, chance: Floats, estimator: Estimator, seconds: float) -> Trial:
    measures = measures_of(yes, chance)
    verdict, reason = _verdict(yes, chance, estimator.base_rate, measures)
    base_brier = float(np.mean((estimator.base_rate - yes) ** 2))
    leakage = tuple(suspicion.column for suspicion in estimator.leakage)
    return Trial(measures, base_brier, verdict, reason, estimator.algorithm, leakage, round(seconds, 2))


def _verdict(yes: Booleans, chance: Floats, base_rate: float, measures: Measures) -> tuple[Verdict, str]:
    if _too_few(measures):
        return Verdict.NO_SIGNAL, f"too few cases to say: {len(yes)} rows, {int(yes.sum())} of them positive"
    error = auc_error(measures.roc_auc, yes)
    if measures.roc_auc + _CERTAIN * error < 0.5:
        return Verdict.NO_SIGNAL, "it ranks worse than chance"
    if measures.roc_auc - _CERTAIN * error <= 0.5:
        return Verdict.NO_SIGNAL, "the ranking can't be told from chance"
    gained = row_losses(yes, np.full(len(yes), base_rate)) - row_losses(yes, chance)
    return _of_what_ranks(gained, least_area=measures.roc_auc - _SURE * error)


def _of_what_ranks(gained: Floats, *, least_area: float) -> tuple[Verdict, str]:
    """Where the ranking is sure: by what each row's chance gained over the base rate, in nats."""
    if gained.mean() <= 0:
        return Verdict.NO_SIGNAL, "the chances are no better than the base rate"
    if gained.mean() <= _SURE * gained.std() / np.sqrt(len(gained)):
        return Verdict.WEAK, "it ranks better than chance, but its chances aren't surely better than the base rate"
    if least_area < _WEAK:
        return Verdict.WEAK, "better than chance, but little"
    return Verdict.USABLE, "better than chance on cases it never saw"


def _too_few(measures: Measures) -> bool:
    rarer = min(measures.positives, measures.rows - measures.positives)
    return measures.rows < _FEWEST_ROWS or rarer < _FEWEST_ANSWERS


def auc_error(area: float, yes: Booleans) -> float:
    """Standard error of an area under the ROC curve (Hanley and McNeil, Radiology 143, 1982)."""
    positives, negatives = float(yes.sum()), float((~yes).sum())
    one, two = area / (2 - area), 2 * area**2 / (1 + area)
    spread = area * (1 - area) + (positives - 1) * (one - area**2) + (negatives - 1) * (two - area**2)
    return float(np.sqrt(max(spread, 0.0) / (positives * negatives)))
