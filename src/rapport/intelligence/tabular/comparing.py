"""Comparing candidates on cases they did not learn from, and choosing: the simplest within noise of the best, one or
several averaged.

Of a candidate that learns in rounds, the length is taken that did best. It is learned once, and tried cut short.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .candidates import CANDIDATES, Learned, Lesson
from .candidates.candidate import chance_of
from .columns import Column, Floats
from .design import design_of
from .measures import Booleans, row_losses

FOLDS = 3
ALL_NAMES = tuple(candidate.name for candidate in CANDIDATES)
_MOST_COMPARED = 24_000
_MOST_CALIBRATED = 12_000
_ENOUGH_FOR_HALVES = 4_000
_NEWEST = 0.3
_BEST_FEW = 3
"""So many are averaged at most, and so many always go on to the next turn: whoever won is there when calibrated."""
_NOISE = 0.5
_NEAR = 1.0
_ENOUGH_TO_DROP = 1_000
_BY_NAME = {candidate.name: candidate for candidate in CANDIDATES}

Turn = tuple[NDArray[np.intp], NDArray[np.intp]]
"""The rows learned from, and the rows tried."""


@dataclass(frozen=True)
class Way:
    """A candidate, learning for a multiple of its usual rounds."""

    name: str
    length: float = 1.0

    def learn(self, lesson: Lesson) -> Learned:
        """What comes of it."""
        return _BY_NAME[self.name].learn(lesson.of_length(self.length))


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
class Trial:
    """Which rows are learned from and which are tried, in turns; `tried` is all of the latter, in their order."""

    turns: tuple[Turn, ...]

    @property
    def tried(self) -> NDArray[np.intp]:
        return np.concatenate([tried for _learned, tried in self.turns])


@dataclass(frozen=True)
class Choice:
    """What came of a comparison: who won it, and the log odds that each gave to the rows tried."""

    compared: tuple[Compared, ...]
    ways: tuple[Way, ...]
    odds: Mapping[str, Floats]

    @property
    def blended(self) -> Floats:
        """Those of the winners, averaged."""
        return np.asarray(np.mean([self.odds[way.name] for way in self.ways], axis=0), dtype=np.float64)


def choose(cases: Cases, trial: Trial, *, seed: int, names: Sequence[str]) -> Choice:
    """Compare the candidates of these names, the simplest first."""
    every = [Way(name, length) for name in names for length in _BY_NAME[name].lengths]
    best = _of_best_length(odds_of(cases, trial, every, seed=seed), cases.yes[trial.tried])
    odds = {way.name: given for way, given in best.items()}
    compared = _compared(odds, cases.yes[trial.tried])
    members = _members(compared)
    return Choice(compared, tuple(way for name in members for way in best if way.name == name), odds)


def trial_of(cases: Cases, *, in_time_order: bool, seed: int) -> Trial:
    """With an order in time, the newest after the older; else, or where those say too little, turns."""
    rows = len(cases.yes)
    if in_time_order:
        taken = min(rows, _MOST_COMPARED)
        older, newest = np.split(np.arange(rows - taken, rows), [taken - int(_NEWEST * taken)])
        if min(_fewest(cases.yes[older]), _fewest(cases.yes[newest])) >= FOLDS:
            return Trial(((older, newest),))
    drawn = np.random.default_rng(seed).permutation(rows)[:_MOST_COMPARED]
    return _by_turns(drawn[np.argsort(cases.yes[drawn], kind="stable")], np.sort(drawn))


def _fewest(yes: Booleans) -> int:
    return int(min(yes.sum(), (~yes).sum()))


def _by_turns(tried: NDArray[np.intp], rows: NDArray[np.intp]) -> Trial:
    """Every third of `tried`, of many every half, is tried once, after learning from all other `rows`."""
    turns = FOLDS if len(rows) < _ENOUGH_FOR_HALVES else 2
    parts = [tried[number::turns] for number in range(turns)]
    return Trial(tuple((np.setdiff1d(rows, part), part) for part in parts))


def all_by_turns(rows: int, *, seed: int) -> Trial:
    """All rows (of many, the newest) tried by turns, each time after learning from all others, the newest included:
    what the world did lately is learned by then, and must not be added a second time."""
    first = max(0, rows - _MOST_COMPARED)
    tried = np.arange(max(0, rows - _MOST_CALIBRATED), rows)
    return _by_turns(np.random.default_rng(seed).permutation(tried), np.arange(first, rows))


def odds_of(cases: Cases, trial: Trial, ways: Sequence[Way], *, seed: int) -> dict[Way, Floats]:
    """The log odds of each way for the rows tried, in the order of `trial.tried`; without candidates that fell far
    behind in a turn before the last."""
    turns: list[dict[Way, Floats]] = []
    for turn in trial.turns:
        if turns and len(turn[1]) >= _ENOUGH_TO_DROP:
            running = _still_running(turns[-1], cases.yes[trial.turns[len(turns) - 1][1]])
            ways = [way for way in ways if way.name in running]
        turns.append(_odds_of_turn(cases, turn, ways, seed))
    return {way: np.concatenate([turn[way] for turn in turns]) for way in ways}


def _still_running(odds: Mapping[Way, Floats], yes: Booleans) -> frozenset[str]:
    """The best few, and who can't be told from the best by this turn."""
    losses = {way.name: row_losses(yes, chance_of(given)) for way, given in _of_best_length(odds, yes).items()}
    ranked = sorted(losses, key=lambda name: losses[name].mean())
    behind = {name: losses[name] - losses[ranked[0]] for name in losses}
    near = {name for name, loss in behind.items() if loss.mean() <= _NEAR * loss.std() / np.sqrt(len(loss))}
    return frozenset({*near, *ranked[:_BEST_FEW]})


def _of_best_length(odds: Mapping[Way, Floats], yes: Booleans) -> dict[Way, Floats]:
    """Of each candidate the length that lost least."""
    losses = {way: float(row_losses(yes, chance_of(given)).mean()) for way, given in odds.items()}
    names = dict.fromkeys(way.name for way in odds)
    best = [min((way for way in odds if way.name == name), key=losses.__getitem__) for name in names]
    return {way: odds[way] for way in best}


def _odds_of_turn(cases: Cases, turn: Turn, ways: Sequence[Way], seed: int) -> dict[Way, Floats]:
    older, tried = cases.rows(turn[0]), cases.rows(turn[1])
    design = design_of(older.columns, older.yes)
    lesson = Lesson(design.of_training(older.columns, older.yes, seed=seed), older.yes, older.weights, seed)
    unknown = design.matrices(tried.columns)
    found: dict[Way, Floats] = {}
    for name in dict.fromkeys(way.name for way in ways):
        several = sorted((way for way in ways if way.name == name), key=lambda way: way.length)
        longest = several[-1]
        shares = [way.length / longest.length for way in several]
        odds = _BY_NAME[name].log_odds_at(longest.learn(lesson), unknown, shares)
        found.update(zip(several, odds, strict=True))
    return found


def _compared(odds: dict[str, Floats], yes: Booleans) -> tuple[Compared, ...]:
    losses = {name: row_losses(yes, chance_of(given)) for name, given in odds.items()}
    blend = _blend(odds, yes)
    losses[_blend_name(blend)] = _loss_together(odds, blend, yes)
    best = min(losses.values(), key=np.mean)
    return tuple(
        Compared(name, float(loss.mean()), float((loss - best).mean()), float((loss - best).std() / np.sqrt(len(loss))))
        for name, loss in losses.items()
    )


def _blend(odds: Mapping[str, Floats], yes: Booleans) -> list[str]:
    """The best, and one by one whoever lessens the loss of their mean most, as long as anybody does (Caruana et al.,
    ICML 2004, each taken once)."""
    chosen: list[str] = []
    least = np.inf
    while len(chosen) < min(_BEST_FEW, len(odds)):
        means = {name: _loss_together(odds, [*chosen, name], yes).mean() for name in odds if name not in chosen}
        name = min(means, key=means.__getitem__)
        if means[name] >= least:
            break
        chosen.append(name)
        least = means[name]
    return chosen


def _loss_together(odds: Mapping[str, Floats], names: Sequence[str], yes: Booleans) -> Floats:
    return row_losses(yes, chance_of(np.mean([odds[name] for name in names], axis=0)))


def _blend_name(members: Sequence[str]) -> str:
    return "+".join(members)


def _members(compared: Sequence[Compared]) -> tuple[str, ...]:
    """The simplest within half a standard error of the best; they stand in the order of simplicity, the blend last."""
    for candidate in compared:
        if candidate.behind <= _NOISE * candidate.behind_error:
            return tuple(candidate.name.split("+"))
    raise AssertionError("The best is within its own noise.")
