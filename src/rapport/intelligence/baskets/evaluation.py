"""Recommenders compared: chosen on an earlier stretch of time (or on other baskets), judged on purchases never seen."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from . import ranking
from .purchases import NothingToLearn, Purchases
from .ranking import Choices, choices_of, without_held
from .recommenders import Ground, Scores, fitting
from .situations import Situation, at_day, with_one_hidden

OFFERED = 10
BASELINE = "popularity"
LEARNED = "learned blend"
_NEWEST = 0.1
_MOST_CASES = 4_000
_FEWEST_CASES = 30
_FEWEST_CASES_OF_A_PART = 8
_NOISE = 0.5
_SURE = 1.96
_FOLDS = 5
_FEW_ITEMS = 1_000

Hits = NDArray[np.bool_]
Tell = Callable[[str], None]


class Verdict(StrEnum):
    """Whether to rely on it."""

    USABLE = "usable"
    WEAK = "weak"
    NO_SIGNAL = "no reliable signal"


@dataclass(frozen=True)
class Evaluation:
    """The share of cases with a hit by recommender, which was chosen (without looking at these cases), and the verdict.

    `hits` tells of each case and recommender whether a wanted item was among those offered. `since` is the first day
    of what was to be foreseen, or None where one item of each basket was hidden.
    """

    cases: int
    since: float | None
    hit_rates: dict[str, float]
    algorithm: str
    low: float
    high: float
    verdict: Verdict
    reason: str
    hits: dict[str, Hits]

    @property
    def hit_rate(self) -> float:
        """Of the chosen one."""
        return self.hit_rates[self.algorithm]


def evaluate(
    purchases: Purchases, *, since: float | None = None, seed: int = 1, tell: Tell = lambda _text: None
) -> Evaluation:
    """By time where customers and dates are known, else with one item hidden. Raises `NothingToLearn`."""
    if purchases.is_dated:
        return _by_time(purchases, since, seed, tell)
    return _leave_one_out(purchases, seed, tell)


def last_stretch(purchases: Purchases, since: float | None) -> tuple[float, float]:
    """The first day of what is to be foreseen (the newest tenth unless said), and how many days it has."""
    first, last = float(purchases.day.min()), float(np.floor(purchases.day.max())) + 1
    cut = since if since is not None else np.floor(last - max(7.0, _NEWEST * (last - first)))
    length = last - cut
    if length < 1:
        newest = np.datetime64(int(last) - 1, "D")
        raise NothingToLearn(f"No purchase is from that day on; the newest is of {newest}. Choose an earlier --since.")
    if cut - length <= first:
        raise NothingToLearn(
            "The purchases before that day don't reach back far enough: at least twice as long as what is to be "
            "foreseen is needed. Choose a later --since, or bring a longer history."
        )
    return float(cut), float(length)


def _by_time(purchases: Purchases, since: float | None, seed: int, tell: Tell) -> Evaluation:
    cut, length = last_stretch(purchases, since)
    tell("Choosing on the stretch before")
    earlier = _some_cases(at_day(purchases, cut - length, cut), seed)
    later = _some_cases(at_day(purchases, cut, cut + length), seed)
    if min(earlier.held.shape[0], later.held.shape[0]) < _FEWEST_CASES:
        raise NothingToLearn(
            f"Only {min(earlier.held.shape[0], later.held.shape[0])} customers bought something new to them; at least "
            f"{_FEWEST_CASES} are needed. Leave out --customer and --date to look at baskets only."
        )
    hits, chosen = _tried(earlier, later, seed, tell)
    return _judged(hits, chosen, cut)


def _leave_one_out(purchases: Purchases, seed: int, tell: Tell) -> Evaluation:
    held = purchases.by_basket()
    fold = np.random.default_rng(seed).permutation(held.shape[0]) % _FOLDS
    gathered: dict[str, list[Hits]] = {}
    chosen: list[str] = []
    for number in range(_FOLDS if len(purchases.items) <= _FEW_ITEMS else 2):
        tell(f"Part {number + 1}")
        inner = (number + 1) % _FOLDS
        learned = np.flatnonzero((fold != number) & (fold != inner))
        earlier = with_one_hidden(held, learned, np.flatnonzero(fold == inner), seed=seed)
        later = with_one_hidden(held, np.flatnonzero(fold != number), np.flatnonzero(fold == number), seed=seed + 1)
        if min(earlier.held.shape[0], later.held.shape[0]) < _FEWEST_CASES_OF_A_PART:
            raise NothingToLearn("Too few baskets hold more than one item: nothing is bought together.")
        hits, best = _tried(_some_cases(earlier, seed), _some_cases(later, seed), seed, tell)
        chosen.append(best)
        for name, found in hits.items():
            gathered.setdefault(name, []).append(found)
    whole = {name: np.concatenate(parts) for name, parts in gathered.items() if len(parts) == len(chosen)}
    return _judged(whole, max(sorted(set(chosen) & set(whole)) or [BASELINE], key=chosen.count), None)


def _some_cases(situation: Situation, seed: int) -> Situation:
    cases = situation.held.shape[0]
    if cases <= _MOST_CASES:
        return situation
    return situation.cases(np.sort(np.random.default_rng(seed).permutation(cases)[:_MOST_CASES]))


def _tried(earlier: Situation, later: Situation, seed: int, tell: Tell) -> tuple[dict[str, Hits], str]:
    """Each recommender's hits in the later situation, and the one chosen by the earlier."""
    before, after = Ground(earlier), Ground(later)
    tell("Recommenders")
    known = {one.name: hits_of(one.scores(before), earlier) for one in fitting(earlier)}
    hits = {one.name: hits_of(one.scores(after), later) for one in fitting(later)}
    tell("Learned blend")
    choices = choices_of(before)
    learned = ranking.learn(choices, np.ones(len(choices.case), dtype=bool), seed=seed)
    if learned:
        known[LEARNED] = hits_of(_crosswise(choices, seed), earlier)
        hits[LEARNED] = hits_of(learned.scores(choices_of(after)), later)
    return hits, _chosen(known)


def _crosswise(choices: Choices, seed: int) -> Scores:
    """Each half of the cases scored by what was learned from the other half."""
    half = np.random.default_rng(seed).permutation(choices.shape[0]) % 2
    scores = np.full(choices.shape, -np.inf, dtype=np.float32)
    for number in (0, 1):
        rows = choices.of_cases(np.flatnonzero(half != number))
        learned = ranking.learn(choices, rows, seed=seed)
        if learned:
            scores[half == number] = learned.scores(choices)[half == number]
    return scores


def hits_of(scores: Scores, situation: Situation) -> Hits:
    """Whether a wanted item is among the ten offered, shape (cases,)."""
    best = best_items(scores, situation)
    cases = np.arange(len(best))[:, None]
    return np.asarray(np.asarray(situation.wanted[cases, best].todense() > 0).any(axis=1), dtype=bool)


def best_items(scores: Scores, situation: Situation) -> NDArray[np.intp]:
    """The items offered, the best first, shape (cases, 10 or as many as there are)."""
    left = without_held(scores, situation)
    offered = min(OFFERED, left.shape[1] - 1)
    best = np.argpartition(-left, offered, axis=1)[:, :offered]
    return np.take_along_axis(best, np.argsort(-np.take_along_axis(left, best, axis=1), axis=1, kind="stable"), axis=1)


def _chosen(hits: dict[str, Hits]) -> str:
    """The simplest within half a standard error of the best; they stand in the order of simplicity."""
    best = max(hits.values(), key=lambda found: found.mean())
    for name, found in hits.items():
        behind = best.astype(float) - found
        if behind.mean() <= _NOISE * behind.std() / np.sqrt(len(behind)):
            return name
    raise AssertionError("The best is within its own noise.")


def _judged(hits: dict[str, Hits], chosen: str, since: float | None) -> Evaluation:
    found = hits[chosen]
    cases = len(found)
    low, high = _interval(float(found.mean()), cases)
    gained = found.astype(float) - hits[BASELINE]
    lowest = gained.mean() - _SURE * gained.std() / np.sqrt(cases)
    if lowest > 0:
        verdict, reason = Verdict.USABLE, "better than offering what sells best"
    elif chosen != BASELINE and gained.mean() > 0:
        verdict, reason = Verdict.WEAK, "the gain over offering what sells best is within chance"
    else:
        verdict, reason = Verdict.NO_SIGNAL, "nothing beats offering what sells best"
    rates = {name: float(rate.mean()) for name, rate in hits.items()}
    return Evaluation(cases, since, rates, chosen, low, high, verdict, reason, hits)


def _interval(share: float, cases: int) -> tuple[float, float]:
    """Wilson's 95 % interval."""
    square = _SURE**2
    middle = (share + square / (2 * cases)) / (1 + square / cases)
    width = _SURE * np.sqrt(share * (1 - share) / cases + square / (4 * cases**2)) / (1 + square / cases)
    return float(max(middle - width, 0)), float(min(middle + width, 1))
