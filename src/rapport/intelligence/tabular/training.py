"""The one path of learning: leave out what leaks, compare candidates, take the simplest that is as good, calibrate.

Candidates are compared by logarithmic loss on cases they did not learn from: three folds, or, where the rows have an
order in time, the newest of them. With an order, newer rows weigh a little more in learning, and as much more in
calibrating as was best before: how many say yes may change sooner than what tells them apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .calibration import Calibration, Foretold, calibration_in_time, calibration_of
from .candidates import Learned, Lesson
from .columns import Column, Floats
from .comparing import ALL_NAMES, FOLDS, Cases, Choice, Compared, Way, all_by_turns, choose, odds_of, trial_of
from .design import Design, design_of
from .leakage import Suspicion, suspected_leakage
from .measures import Booleans
from .one_thread import one_thread

_MOST_LEARNED = 100_000
"""More rows teach hardly more; of more, the newest are taken, or some at random."""
_HALF_LIFE = 1.0
"""In tables: the oldest row weighs half as much as the newest."""
BLEND = "blend"


@dataclass(frozen=True)
class Estimator:
    """Something learned, with what led to it. `algorithm` is a candidate's name, or `blend` of `members`."""

    algorithm: str
    members: tuple[str, ...]
    design: Design
    learned: tuple[Learned, ...]
    calibration: Calibration
    base_rate: float
    compared: tuple[Compared, ...]
    leakage: tuple[Suspicion, ...] = field(default=())

    def chance(self, columns: Sequence[Column]) -> Floats:
        """The calibrated chance of yes of each row, shape (rows,)."""
        if not self.learned:
            return np.full(len(columns[0].texts) if columns else 0, self.base_rate)
        matrices = self.design.matrices(columns)
        odds = np.mean([learned.log_odds(matrices) for learned in self.learned], axis=0)
        return self.calibration.chance(odds)


def train(
    columns: Sequence[Column],
    yes: Booleans,
    *,
    in_time_order: bool = False,
    seed: int = 1,
    keep: Sequence[str] = (),
    names: Sequence[str] = ALL_NAMES,
    care: Floats | None = None,
) -> Estimator:
    """Learn from the rows of a table; with `in_time_order` the first row is the oldest.

    Columns that seem to be filled after the answer are left out, unless they are in `keep`. `names` are the candidates
    that are compared, the simplest first; `care` are weights, for rows that are to count for less or more.
    """
    if len(yes) > _MOST_LEARNED:
        taken = _taken(len(yes), in_time_order=in_time_order, seed=seed)
        columns, yes, care = [each.rows(taken) for each in columns], yes[taken], None if care is None else care[taken]
    with one_thread():
        return _trained(columns, yes, care, in_time_order=in_time_order, seed=seed, keep=keep, names=names)


def _trained(
    columns: Sequence[Column],
    yes: Booleans,
    care: Floats | None,
    *,
    in_time_order: bool,
    seed: int,
    keep: Sequence[str],
    names: Sequence[str],
) -> Estimator:
    leakage = suspected_leakage(columns, yes, seed=seed, keep=keep)
    left_out = {suspicion.column for suspicion in leakage}
    used = tuple(column for column in columns if column.name not in left_out)
    recency = _recency(len(yes), _HALF_LIFE) if in_time_order else np.ones(len(yes))
    cases = Cases(used, yes, recency if care is None else recency * care)
    if not _can_learn(cases):
        return Estimator("base_rate", (), Design(()), (), Calibration(), float(yes.mean()), (), leakage)
    choice, calibration = _chosen(cases, in_time_order=in_time_order, seed=seed, names=names)
    members = tuple(way.name for way in choice.ways)
    algorithm = members[0] if len(members) == 1 else BLEND
    design = design_of(used, yes)
    learned = _learned_by(choice.ways, design, cases, seed=seed)
    return Estimator(algorithm, members, design, learned, calibration, float(yes.mean()), choice.compared, leakage)


def _taken(rows: int, *, in_time_order: bool, seed: int) -> NDArray[np.intp]:
    if in_time_order:
        return np.arange(rows - _MOST_LEARNED, rows)
    return np.sort(np.random.default_rng(seed).permutation(rows)[:_MOST_LEARNED])


def _recency(rows: int, half_life: float) -> Floats:
    age = (rows - 1 - np.arange(rows)) / max(half_life * rows, 1)
    weights = 0.5**age
    return np.asarray(weights / weights.mean(), dtype=np.float64)


def _can_learn(cases: Cases) -> bool:
    """Not without columns, or with hardly an answer."""
    enough = min(cases.yes.sum(), (~cases.yes).sum()) >= 2 * FOLDS
    return bool(enough and design_of(cases.columns, cases.yes).parts)


def _chosen(cases: Cases, *, in_time_order: bool, seed: int, names: Sequence[str]) -> tuple[Choice, Calibration]:
    """The comparison, and how to calibrate who won it."""
    trial = trial_of(cases, in_time_order=in_time_order, seed=seed)
    choice = choose(cases, trial, seed=seed, names=names)
    yes = cases.yes[trial.tried]
    if not in_time_order:
        return choice, calibration_of(choice.blended, yes, cases.weights[trial.tried])
    is_forward = len(trial.turns) == 1
    foretold = Foretold(choice.blended, yes) if is_forward else None
    return choice, _calibrated_in_time(cases, choice.ways, foretold, seed=seed)


def _calibrated_in_time(cases: Cases, ways: Sequence[Way], foretold: Foretold | None, *, seed: int) -> Calibration:
    trial = all_by_turns(len(cases.yes), seed=seed)
    odds = odds_of(cases, trial, ways, seed=seed)
    order = np.argsort(trial.tried, kind="stable")
    tried, blended = trial.tried[order], np.mean([odds[way] for way in ways], axis=0)[order]
    return calibration_in_time(blended, cases.yes[tried], cases.weights[tried], foretold)


def _learned_by(ways: Sequence[Way], design: Design, cases: Cases, *, seed: int) -> tuple[Learned, ...]:
    lesson = Lesson(design.of_training(cases.columns, cases.yes, seed=seed), cases.yes, cases.weights, seed)
    return tuple(way.learn(lesson) for way in ways)
