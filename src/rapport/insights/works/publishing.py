"""Which comparisons are told as advice: those that can hardly be chance, nor the doing of something else that is known.

Over all that was asked, the chance that noise alone yields any advice is at most 5 % (Holm 1979; the limit is drawn
closer than that, because few cases stray further than the normal curve says). What is told was picked for standing out,
so its intervals are wider: of all that are told, 95 of 100 hold (Benjamini and Yekutieli, JASA 100, 2005).
"""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from .comparing import Effect, difference_of_shares, ratio_of_speeds
from .matching import comparable, groups_of, imbalance
from .table import Flags, Table

MOST_CHANCE = 0.03
FEWEST_CASES, FEWEST_A_SIDE = 60, 30
MOST_IMBALANCE = 0.2
LEAST_POINTS, LEAST_RATIO = 0.05, 1.15


class Outcome(enum.StrEnum):
    """What a pattern may change."""

    WON = "won"
    FASTER = "faster"


class Verdict(enum.StrEnum):
    """What became of a comparison."""

    PUBLISHED = "published"
    TOO_FEW = "too_few"
    NOT_ALIKE = "not_alike"
    MAY_BE_CHANCE = "may_be_chance"
    TOO_SMALL = "too_small"
    NOT_STEADY = "not_steady"


@dataclass(frozen=True)
class Comparison:
    """One pattern and one outcome: how many alike cases, what effect, and whether it is told.

    `p` is adjusted for all that was asked. `hidden_cause` is the E-value of VanderWeele and Ding (2017): how many times
    likelier something unknown would have to make both pattern and success, to be the whole reason.
    """

    pattern: str
    outcome: Outcome
    verdict: Verdict
    with_it: int
    without: int
    effect: Effect | None = None
    p: float | None = None
    imbalance: float | None = None
    hidden_cause: float | None = None

    @property
    def n(self) -> int:
        """All cases compared."""
        return self.with_it + self.without


def compare_all(tables: Mapping[str, Table]) -> list[Comparison]:
    """Compare each pattern in each outcome and decide together what is told."""
    rows = [_compare(name, outcome, table) for name, table in tables.items() for outcome in Outcome]
    return _judged(rows)


@dataclass(frozen=True)
class _Row:
    found: Comparison
    is_steady: bool = True


def _compare(pattern: str, outcome: Outcome, table: Table) -> _Row:
    table = table.only(table.watched if outcome == Outcome.FASTER else ~np.isnan(table.won))
    if len(table) < FEWEST_CASES or _smaller_side(table.followed) < FEWEST_A_SIDE:
        return _Row(_counted(pattern, outcome, table, Verdict.TOO_FEW))
    groups = groups_of(table)
    kept = comparable(groups, table.followed)
    table, groups = table.only(kept), groups[kept]
    effect = _effect(outcome, table, groups)
    if effect is None or len(table) < FEWEST_CASES or _smaller_side(table.followed) < FEWEST_A_SIDE:
        return _Row(_counted(pattern, outcome, table, Verdict.TOO_FEW))
    found = replace(
        _counted(pattern, outcome, table, Verdict.MAY_BE_CHANCE),
        effect=effect,
        imbalance=imbalance(table, groups),
        hidden_cause=_hidden_cause(effect),
    )
    return _Row(found, is_steady=_is_steady(outcome, table, groups, effect))


def _counted(pattern: str, outcome: Outcome, table: Table, verdict: Verdict) -> Comparison:
    with_it = int(table.followed.sum())
    return Comparison(pattern, outcome, verdict, with_it, len(table) - with_it)


def _smaller_side(followed: Flags) -> int:
    return int(min(followed.sum(), (~followed).sum()))


def _effect(outcome: Outcome, table: Table, groups: np.ndarray) -> Effect | None:
    return (difference_of_shares if outcome == Outcome.WON else ratio_of_speeds)(table, groups)


def _is_steady(outcome: Outcome, table: Table, groups: np.ndarray, whole: Effect) -> bool:
    """Whether it points the same way in the older and in the newer half."""
    older = np.arange(len(table)) < len(table) // 2
    halves = [_effect(outcome, table.only(half), groups[half]) for half in (older, ~older)]
    neutral = 0.0 if outcome == Outcome.WON else 1.0
    return all(half is not None and (half.size > neutral) == (whole.size > neutral) for half in halves)


def _hidden_cause(effect: Effect) -> float:
    ratio = effect.share_with / effect.share_without if effect.share_without else float("inf")
    ratio = max(ratio, 1 / ratio if ratio else float("inf"))
    return float(ratio + np.sqrt(ratio * (ratio - 1))) if np.isfinite(ratio) else 99.0


def _judged(rows: Sequence[_Row]) -> list[Comparison]:
    """Adjust the chances for all questions that could be asked, then decide one by one."""
    asked = sorted((row for row in rows if row.found.effect), key=_p)
    adjusted: dict[int, float] = {}
    highest = 0.0
    for place, row in enumerate(asked):
        highest = max(highest, min(1.0, _p(row) * (len(asked) - place)))
        adjusted[id(row)] = highest
    return _picked([_decided(row, adjusted.get(id(row))) for row in rows], asked=len(asked))


def _picked(found: Sequence[Comparison], *, asked: int) -> list[Comparison]:
    """With intervals that allow for the choice of what is told among all that was asked."""
    told = sum(one.verdict == Verdict.PUBLISHED for one in found)
    quantile = NormalDist().inv_cdf
    times = quantile(1 - 0.025 * told / asked) / quantile(0.975) if told else 1.0
    return [
        replace(one, effect=_wider(one.outcome, one.effect, times))
        if one.effect and one.verdict == Verdict.PUBLISHED
        else one
        for one in found
    ]


def _wider(outcome: Outcome, effect: Effect, times: float) -> Effect:
    """With an interval so many times as wide; of a ratio, in logarithms."""
    if outcome == Outcome.WON:
        low, high = (effect.size + times * (end - effect.size) for end in (effect.low, effect.high))
    else:
        low, high = (effect.size * (end / effect.size) ** times for end in (effect.low, effect.high))
    return replace(effect, low=low, high=high)


def _p(row: _Row) -> float:
    return row.found.effect.p if row.found.effect else 1.0


def _decided(row: _Row, p: float | None) -> Comparison:
    found = row.found
    if found.effect is None or found.imbalance is None or p is None:
        return found
    if p > MOST_CHANCE:
        verdict = Verdict.MAY_BE_CHANCE
    elif found.imbalance > MOST_IMBALANCE:
        verdict = Verdict.NOT_ALIKE
    elif _is_small(found.outcome, found.effect):
        verdict = Verdict.TOO_SMALL
    else:
        verdict = Verdict.PUBLISHED if row.is_steady else Verdict.NOT_STEADY
    return replace(found, verdict=verdict, p=p)


def _is_small(outcome: Outcome, effect: Effect) -> bool:
    if outcome == Outcome.WON:
        return abs(effect.size) < LEAST_POINTS
    return max(effect.size, 1 / effect.size) < LEAST_RATIO
