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
from .candidates import CANDIDATES, Learned
from .candidates.candidate import chance_of
from .columns import Column, Floats
from .design import Design, design_of
from .leakage import Suspicion, suspected_leakage
from .measures import Booleans, row_losses

_MOST_LEARNED = 100_000
"""More rows teach hardly more; of more, the newest are taken, or some at random."""
_MOST_COMPARED = 12_000
_FOLDS = 3
_ENOUGH_FOR_HALVES = 4_000
_NEWEST = 0.3
_HALF_LIFE = 1.0
"""In tables: the oldest row weighs half as much as the newest."""
_BEST_FEW = 3
_NOISE = 0.5
_NEAR = 1.0
_ENOUGH_TO_DROP = 1_000
BLEND = "blend"
ALL_NAMES = tuple(candidate.name for candidate in CANDIDATES)
_BY_NAME = {candidate.name: candidate for candidate in CANDIDATES}

Turn = tuple[NDArray[np.intp], NDArray[np.intp]]
"""The rows learned from, and the rows tried."""


@dataclass(frozen=True)
class Cases:
    """What is learned from: columns, answers and weights, the latter two of shape (rows,)."""

    columns: tuple[Column, ...]
    yes: Booleans
    weights: Floats

    def rows(self, chosen: NDArray[np.intp]) -> "Cases":
        """Some of them."""
        columns = tuple(column.rows(chosen) for column in self.columns)
        return Cases(columns, self.yes[chosen], self.weights[chosen])


@dataclass(frozen=True)
class Compared:
    """A candidate's loss on cases it did not learn from, in nats a row, and how far that is from the best (mean,
    standard error of the paired difference)."""

    name: str
    log_loss: float
    behind: float
    behind_error: float


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
    leakage = suspected_leakage(columns, yes, seed=seed, keep=keep)
    left_out = {suspicion.column for suspicion in leakage}
    used = tuple(column for column in columns if column.name not in left_out)
    recency = _recency(len(yes), _HALF_LIFE) if in_time_order else np.ones(len(yes))
    cases = Cases(used, yes, recency if care is None else recency * care)
    if not _can_learn(cases):
        return Estimator("base_rate", (), Design(()), (), Calibration(), float(yes.mean()), (), leakage)
    compared, members, calibration = _chosen(cases, in_time_order=in_time_order, seed=seed, names=names)
    algorithm = members[0] if len(members) == 1 else BLEND
    design = design_of(used, yes)
    learned = _learned_by(members, design, cases, seed=seed)
    return Estimator(algorithm, members, design, learned, calibration, float(yes.mean()), compared, leakage)


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
    enough = min(cases.yes.sum(), (~cases.yes).sum()) >= 2 * _FOLDS
    return bool(enough and design_of(cases.columns, cases.yes).parts)


def _chosen(
    cases: Cases, *, in_time_order: bool, seed: int, names: Sequence[str]
) -> tuple[tuple[Compared, ...], tuple[str, ...], Calibration]:
    """The comparison, the names of who won it, and how to calibrate them."""
    trial = _trial_of(cases, in_time_order=in_time_order, seed=seed)
    odds = _odds(cases, trial, seed=seed, names=names)
    compared = _compared(odds, cases.yes[trial.tried])
    members = _members(compared)
    blended = np.mean([odds[name] for name in members], axis=0)
    if not in_time_order:
        return compared, members, calibration_of(blended, cases.yes[trial.tried], cases.weights[trial.tried])
    is_forward = len(trial.turns) == 1
    foretold = Foretold(blended, cases.yes[trial.tried]) if is_forward else None
    return compared, members, _calibrated_in_time(cases, members, foretold, seed=seed)


def _calibrated_in_time(cases: Cases, members: Sequence[str], foretold: Foretold | None, *, seed: int) -> Calibration:
    trial = _all_by_turns(len(cases.yes), seed=seed)
    odds = _odds(cases, trial, seed=seed, names=members)
    order = np.argsort(trial.tried, kind="stable")
    tried, blended = trial.tried[order], np.mean([odds[name] for name in members], axis=0)[order]
    return calibration_in_time(blended, cases.yes[tried], cases.weights[tried], foretold)


@dataclass(frozen=True)
class _Trial:
    """Which rows are learned from and which are tried, in turns; `tried` is all of the latter, in their order."""

    turns: tuple[Turn, ...]

    @property
    def tried(self) -> NDArray[np.intp]:
        return np.concatenate([tried for _learned, tried in self.turns])


def _trial_of(cases: Cases, *, in_time_order: bool, seed: int) -> _Trial:
    rows = len(cases.yes)
    if in_time_order:
        taken = min(rows, 2 * _MOST_COMPARED)
        older, newest = np.split(np.arange(rows - taken, rows), [taken - int(_NEWEST * taken)])
        if min(_fewest(cases.yes[older]), _fewest(cases.yes[newest])) >= _FOLDS:
            return _Trial(((older, newest),))
    drawn = np.random.default_rng(seed).permutation(rows)[:_MOST_COMPARED]
    return _by_turns(drawn[np.argsort(cases.yes[drawn], kind="stable")], np.sort(drawn))


def _fewest(yes: Booleans) -> int:
    return int(min(yes.sum(), (~yes).sum()))


def _by_turns(tried: NDArray[np.intp], rows: NDArray[np.intp]) -> _Trial:
    """Every third of `tried`, of many every half, is tried once, after learning from all other `rows`."""
    turns = _FOLDS if len(rows) < _ENOUGH_FOR_HALVES else 2
    parts = [tried[number::turns] for number in range(turns)]
    return _Trial(tuple((np.setdiff1d(rows, part), part) for part in parts))


def _all_by_turns(rows: int, *, seed: int) -> _Trial:
    """All rows (of many, the newest) tried by turns, each time after learning from all others, the newest included:
    what the world did lately is learned by then, and must not be added a second time."""
    first = max(0, rows - 2 * _MOST_COMPARED)
    tried = np.arange(max(0, rows - _MOST_COMPARED), rows)
    return _by_turns(np.random.default_rng(seed).permutation(tried), np.arange(first, rows))


def _odds(cases: Cases, trial: _Trial, *, seed: int, names: Sequence[str]) -> dict[str, Floats]:
    """The candidates' log odds for the rows tried, in the order of `trial.tried`; without those who fell far behind in
    a turn before the last."""
    turns: list[dict[str, Floats]] = []
    for turn in trial.turns:
        if turns and len(turn[1]) >= _ENOUGH_TO_DROP:
            names = _still_running(turns[-1], cases.yes[trial.turns[len(turns) - 1][1]])
        turns.append(_odds_of_turn(cases, turn, names, seed))
    return {name: np.concatenate([turn[name] for turn in turns]) for name in names}


def _still_running(odds: dict[str, Floats], yes: Booleans) -> tuple[str, ...]:
    """The best few, and who can't be told from the best by this turn."""
    losses = {name: row_losses(yes, chance_of(given)) for name, given in odds.items()}
    ranked = sorted(losses, key=lambda name: losses[name].mean())
    behind = {name: losses[name] - losses[ranked[0]] for name in losses}
    near = {name for name, loss in behind.items() if loss.mean() <= _NEAR * loss.std() / np.sqrt(len(loss))}
    return tuple(name for name in odds if name in near or name in ranked[:_BEST_FEW])


def _odds_of_turn(cases: Cases, turn: Turn, names: Sequence[str], seed: int) -> dict[str, Floats]:
    older, tried = cases.rows(turn[0]), cases.rows(turn[1])
    design = design_of(older.columns, older.yes)
    known = design.of_training(older.columns, older.yes, seed=seed)
    unknown = design.matrices(tried.columns)
    return {name: _BY_NAME[name].learn(known, older.yes, older.weights, seed).log_odds(unknown) for name in names}


def _compared(odds: dict[str, Floats], yes: Booleans) -> tuple[Compared, ...]:
    losses = {name: row_losses(yes, chance_of(given)) for name, given in odds.items()}
    blend = [name for name, _loss in sorted(losses.items(), key=lambda item: item[1].mean())[:_BEST_FEW]]
    losses[_blend_name(blend)] = row_losses(yes, chance_of(np.mean([odds[name] for name in blend], axis=0)))
    best = min(losses.values(), key=np.mean)
    return tuple(
        Compared(name, float(loss.mean()), float((loss - best).mean()), float((loss - best).std() / np.sqrt(len(loss))))
        for name, loss in losses.items()
    )


def _blend_name(members: Sequence[str]) -> str:
    return "+".join(members)


def _members(compared: Sequence[Compared]) -> tuple[str, ...]:
    """The simplest within half a standard error of the best; they stand in the order of simplicity, the blend last."""
    for candidate in compared:
        if candidate.behind <= _NOISE * candidate.behind_error:
            return tuple(candidate.name.split("+"))
    raise AssertionError("The best is within its own noise.")


def _learned_by(members: Sequence[str], design: Design, cases: Cases, *, seed: int) -> tuple[Learned, ...]:
    matrices = design.of_training(cases.columns, cases.yes, seed=seed)
    return tuple(_BY_NAME[name].learn(matrices, cases.yes, cases.weights, seed) for name in members)
