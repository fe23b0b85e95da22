"""Foreseeing a quantity with an interval: its logarithm by regularised lines or trees, and how far they miss.

The interval is what the misses on cases not seen leave: split conformal prediction (Lei et al., JASA 113, 2018), its
ends taken so that another case like them falls below with the chance that is promised, however few they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from rapport.intelligence.tabular import Column
from rapport.intelligence.tabular.columns import Floats

from ..abstaining import NO_BETTER, TOO_FEW
from .encoding import encoding_from, encoding_of
from .ways import (
    BLEND,
    SAME,
    TREES,
    Chosen,
    Kept,
    Times,
    Trial,
    Tried,
    blended,
    choose,
    parts_of,
    told_by,
    trees_by,
    tried_by,
)

FEWEST = 120
_LEVELS = np.arange(1, 20) / 20
_Z = 1.96
_ONE_MORE: Literal["weibull"] = "weibull"
"""Quantiles of another case: the place in order over one more than there are (Weibull, 1939)."""
_ROUNDS = 80
USUAL = "usual"
_LINES: Mapping[str, float] = {"strongly regularised line": 200.0, "regularised line": 20.0}
"""By their penalty."""
WAYS = (*_LINES, *TREES)


@dataclass(frozen=True)
class LearntQuantity:
    """What was learned, what it is worth on the newest cases, and why it is not to be shown, if so."""

    problem: str
    algorithm: str
    figures: Kept
    compared: Sequence[Kept]
    kept: Kept


def learn_quantity(
    columns: Sequence[Column],
    amounts: Floats,
    known_at: Floats,
    as_of: Floats,
    *,
    settled: NDArray[np.bool_] | None = None,
) -> LearntQuantity:
    """Learn from cases, the oldest first; try on the newest what was learned from answers known before them.

    Where `settled` is False, the amount is only what it has come to so far.
    """
    if len(amounts) < FEWEST:
        return LearntQuantity(TOO_FEW, "", {}, (), {})
    target = np.log1p(np.maximum(amounts, 0))
    times = Times(known_at, as_of)
    trial = times.trial()
    if not trial.has(FEWEST / 4):
        return LearntQuantity(TOO_FEW, "", {}, (), {})
    chosen = _chosen(columns, target, times.trial(trial.older))
    tried = {name: _tried(name, columns, target, trial) for name in (USUAL, *WAYS)}
    if chosen.name == BLEND:
        tried[BLEND] = blended(tried, chosen.members)
    final = np.ones(len(trial.newest), dtype=bool) if settled is None else settled[trial.newest]
    kept = _learn(chosen, columns, target) | {"misses": as_if_settled(tried[chosen.name].said, final).tolist()}
    return _judged(chosen, tried, final, kept | {"usual": _usual(target)})


def _chosen(columns: Sequence[Column], target: Floats, trial: Trial) -> Chosen:
    """By cases older than those that judge it."""

    def missed(name: str, trial: Trial) -> Floats:
        return _tried(name, columns, target, trial).said

    return choose(WAYS, trial, told=missed, lost=lambda one, _trial: _losses(one))


def _judged(chosen: Chosen, tried: Mapping[str, Tried], final: NDArray[np.bool_], kept: Kept) -> LearntQuantity:
    """Not to be shown where it was no better than what is usual on the newest, beyond a standard error."""
    losses = {name: _losses(one.said) for name, one in tried.items()}
    gained = losses[USUAL] - losses[chosen.name]
    problem = "" if gained.mean() > gained.std() / np.sqrt(len(gained)) else NO_BETTER
    figures = {"pinball": losses[chosen.name].mean(), "pinball_of_baseline": losses[USUAL].mean()}
    figures |= {**_coverage(tried[chosen.name].said, final), "tried": len(final)}
    compared = [{"name": name, "pinball": float(loss.mean()), **tried[name].cost} for name, loss in losses.items()]
    return LearntQuantity(problem, chosen.name, figures, compared, kept)


def foreseen(kept: Kept, columns: Sequence[Column]) -> Floats:
    """The logarithm expected of each row, shape (rows,)."""
    matrix = encoding_from(kept["encoding"]).matrix(columns)
    return np.asarray(np.mean([_expected(part, matrix) for part in parts_of(kept)], axis=0), dtype=np.float64)


def _expected(part: Kept, matrix: Floats) -> Floats:
    if "trees" in part:
        return told_by(part["trees"], matrix)
    return np.asarray((matrix - part["centre"]) @ np.array(part["weights"]) + part["start"], dtype=np.float64)


class Misses:
    """By how much past cases missed what was foreseen, put in order once for however many rows are told."""

    def __init__(self, kept: Kept) -> None:
        self._ordered = np.sort(np.asarray(kept["misses"], dtype=np.float64))
        self._at: dict[float, float] = {}

    def amount_at(self, expected: float, share: float) -> float:
        """The amount below which this share of such cases stayed."""
        if share not in self._at:
            self._at[share] = float(np.quantile(self._ordered, share, method=_ONE_MORE))
        return float(np.expm1(expected + self._at[share]))

    def share_above(self, expected: float, amount: float) -> float:
        """The share of such cases that went beyond an amount, never quite none or all."""
        beyond = np.searchsorted(self._ordered, np.log1p(max(amount, 0.0)) - expected, side="right")
        return (len(self._ordered) - float(beyond) + 0.5) / (len(self._ordered) + 1)


def amount_at(kept: Kept, expected: float, share: float) -> float:
    """The amount below which this share of such cases stayed, for one row."""
    return Misses(kept).amount_at(expected, share)


def factors(kept: Kept, columns: Sequence[Column]) -> list[list[tuple[str, float]]]:
    """For each row, by how many times each column moves its amount, the strongest first."""
    encoding = encoding_from(kept["encoding"])
    matrix = encoding.matrix(columns)
    added = np.mean([_added(part, matrix) for part in parts_of(kept)], axis=0)
    names = list(dict.fromkeys(encoding.owners))
    owned = np.array([[owner == name for name in names] for owner in encoding.owners], dtype=float)
    return [_strongest(names, row) for row in (added @ owned).tolist()]


def _added(part: Kept, matrix: Floats) -> Floats:
    """What each place of a row adds to its logarithm, shape of the matrix."""
    if "trees" in part:
        return told_by(part["trees"], matrix, pred_contrib=True)[:, :-1]
    return np.asarray((matrix - part["centre"]) * np.array(part["weights"]), dtype=np.float64)


def _strongest(names: Sequence[str], added: Sequence[float]) -> list[tuple[str, float]]:
    pairs = sorted(zip(names, added, strict=True), key=lambda each: -abs(each[1]))
    return [(name, float(np.exp(one))) for name, one in pairs]


def _tried(name: str, columns: Sequence[Column], target: Floats, trial: Trial) -> Tried:
    """How far the newest lay from what was foreseen by the older ones; shape (newest,)."""
    older, newest = trial.older, trial.newest

    def learn() -> Kept | None:
        if name == USUAL:
            return None
        return _learn(Chosen(name, (name,)), [column.rows(older) for column in columns], target[older])

    def missed(learnt: Kept | None) -> Floats:
        if learnt is None:
            return target[newest] - np.median(target[older])
        return target[newest] - foreseen(learnt, [column.rows(newest) for column in columns])

    return tried_by(learn, missed)


def _losses(missed: Floats) -> Floats:
    """Mean pinball loss of each case over nineteen levels, its quantiles being those of the others' misses."""
    levels = np.quantile(missed, _LEVELS)
    distance = missed[:, None] - levels[None, :]
    return np.asarray(np.maximum(_LEVELS * distance, (_LEVELS - 1) * distance).mean(axis=1))


def as_if_settled(missed: Floats, settled: NDArray[np.bool_]) -> Floats:
    """As many misses, sorted, as they would be if all were known: those not settled yet lie somewhere above.

    By the share that Kaplan and Meier (JASA 53, 1958) put below each; the largest counts as settled (Efron, 1967).
    """
    order = np.lexsort((~settled, missed))
    missed, known, cases = missed[order], settled[order], len(missed)
    known[-1] = True
    below = 1 - np.cumprod(1 - known / np.arange(cases, 0, -1))
    places = np.searchsorted(below[known], (np.arange(cases) + 0.5) / cases)
    return missed[known][np.minimum(places, int(known.sum()) - 1)]


def _coverage(missed: Floats, settled: NDArray[np.bool_]) -> dict[str, float]:
    """The share of the newer half inside the 80 % interval that the older half leaves, and how sure that is.

    Neither half was learned from, and the one that is judged had no part in the interval.
    """
    half = len(missed) // 2
    older, newer = (as_if_settled(missed[some], settled[some]) for some in (slice(half), slice(half, None)))
    low, high = np.quantile(older, (0.1, 0.9), method=_ONE_MORE)
    inside = (newer >= low) & (newer <= high)
    return coverage_of(float(inside.mean()), len(inside))


def coverage_of(share: float, cases: int) -> dict[str, float]:
    """A share of outcomes inside an interval, with Wilson's 95 % interval of the share itself."""
    spread = _Z**2 / cases
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * (share * (1 - share) / cases + spread / (4 * cases)) ** 0.5 / (1 + spread)
    return {"coverage": share, "coverage_low": max(0.0, middle - half), "coverage_high": min(1.0, middle + half)}


def _learn(chosen: Chosen, columns: Sequence[Column], target: Floats) -> dict[str, Any]:
    encoding = encoding_of(columns)
    matrix = encoding.matrix(columns)
    parts = [_part(name, matrix, target) for name in chosen.members]
    return {"algorithm": chosen.name, "encoding": encoding.as_stored(), "parts": parts}


def _part(name: str, matrix: Floats, target: Floats) -> dict[str, Any]:
    if name in _LINES:
        return _line(matrix, target, penalty=_LINES[name])
    return {"trees": trees_by(name, matrix, target, rounds=_ROUNDS, objective="l1")}


def _line(matrix: Floats, target: Floats, *, penalty: float) -> dict[str, Any]:
    """Ridge regression on standardised columns."""
    centre, spread = matrix.mean(axis=0), np.maximum(matrix.std(axis=0), SAME)
    scaled = (matrix - centre) / spread
    gram = scaled.T @ scaled + penalty * np.eye(matrix.shape[1])
    weights = np.linalg.solve(gram, scaled.T @ (target - target.mean())) / spread
    weights[spread <= SAME] = 0.0
    return {"weights": weights.tolist(), "centre": centre.tolist(), "start": float(target.mean())}


def _usual(target: Floats) -> list[float]:
    return [float(np.expm1(one)) for one in np.quantile(target, (0.1, 0.5, 0.9))]
