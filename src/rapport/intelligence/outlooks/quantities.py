"""Foreseeing a quantity with an interval: its logarithm by a regularised line or small trees, and how far both miss.

The interval is what the misses on cases not seen leave: split conformal prediction (Lei et al., JASA 113, 2018), its
ends taken so that another case like them falls below with the chance that is promised, however few they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from lightgbm import Booster, Dataset, train
from numpy.typing import NDArray

from rapport.intelligence.tabular import Column
from rapport.intelligence.tabular.columns import Floats

from ..abstaining import NO_BETTER, TOO_FEW
from .encoding import encoding_from, encoding_of

Rows = NDArray[np.intp]
Kept = Mapping[str, Any]
FEWEST = 120
_NEWEST = 0.3
_LEVELS = np.arange(1, 20) / 20
_PENALTY = 20.0
_Z = 1.96
_ONE_MORE: Literal["weibull"] = "weibull"
"""Quantiles of another case: the place in order over one more than there are (Weibull, 1939)."""
_ROUNDS = 80
_SETTINGS: dict[str, Any] = {
    "objective": "l1",
    "learning_rate": 0.05,
    "num_leaves": 7,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.6,
    "lambda_l2": 10.0,
    "verbose": -1,
    "num_threads": 1,
    "deterministic": True,
    "seed": 1,
}
USUAL, LINE, TREES = "usual", "regularised line", "trees"


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
    border = as_of[len(as_of) - max(1, int(_NEWEST * len(as_of)))]
    older, newest = np.flatnonzero(known_at <= border), np.flatnonzero(as_of >= border)
    if min(len(older), len(newest)) < FEWEST / 4:
        return LearntQuantity(TOO_FEW, "", {}, (), {})
    missed = {name: _missed(name, columns, target, older, newest) for name in (USUAL, LINE, TREES)}
    losses = {name: _losses(rest) for name, rest in missed.items()}
    algorithm = min((LINE, TREES), key=lambda name: losses[name].mean())
    gained = losses[USUAL] - losses[algorithm]
    problem = "" if gained.mean() > gained.std() / np.sqrt(len(gained)) else NO_BETTER
    figures = {"pinball": losses[algorithm].mean(), "pinball_of_baseline": losses[USUAL].mean()}
    final = np.ones(len(newest), dtype=bool) if settled is None else settled[newest]
    figures |= {**_coverage(missed[algorithm], final), "tried": len(newest)}
    compared = [{"name": name, "pinball": float(loss.mean())} for name, loss in losses.items()]
    kept = _learn(algorithm, columns, target) | {"misses": as_if_settled(missed[algorithm], final).tolist()}
    return LearntQuantity(problem, algorithm, figures, compared, kept | {"usual": _usual(target)})


def foreseen(kept: Kept, columns: Sequence[Column]) -> Floats:
    """The logarithm expected of each row, shape (rows,)."""
    matrix = encoding_from(kept["encoding"]).matrix(columns)
    if kept["algorithm"] == TREES:
        return np.asarray(Booster(model_str=kept["trees"]).predict(matrix, num_threads=1), dtype=np.float64)
    return np.asarray((matrix - kept["centre"]) @ np.array(kept["weights"]) + kept["start"], dtype=np.float64)


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
    if kept["algorithm"] == TREES:
        added = np.asarray(Booster(model_str=kept["trees"]).predict(matrix, pred_contrib=True, num_threads=1))[:, :-1]
    else:
        added = (matrix - kept["centre"]) * np.array(kept["weights"])
    names = list(dict.fromkeys(encoding.owners))
    owned = np.array([[owner == name for name in names] for owner in encoding.owners], dtype=float)
    return [_strongest(names, row) for row in (np.asarray(added) @ owned).tolist()]


def _strongest(names: Sequence[str], added: Sequence[float]) -> list[tuple[str, float]]:
    pairs = sorted(zip(names, added, strict=True), key=lambda each: -abs(each[1]))
    return [(name, float(np.exp(one))) for name, one in pairs]


def _missed(name: str, columns: Sequence[Column], target: Floats, older: Rows, newest: Rows) -> Floats:
    """How far the newest lay from what was foreseen by the older ones; shape (newest,)."""
    if name == USUAL:
        return target[newest] - np.median(target[older])
    learnt = _learn(name, [column.rows(older) for column in columns], target[older])
    return target[newest] - foreseen(learnt, [column.rows(newest) for column in columns])


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


def _learn(name: str, columns: Sequence[Column], target: Floats) -> dict[str, Any]:
    encoding = encoding_of(columns)
    matrix = encoding.matrix(columns)
    stored: dict[str, Any] = {"algorithm": name, "encoding": encoding.as_stored()}
    return stored | (_line(matrix, target) if name == LINE else _trees(matrix, target))


def _line(matrix: Floats, target: Floats) -> dict[str, Any]:
    """Ridge regression on standardised columns."""
    centre, spread = matrix.mean(axis=0), np.maximum(matrix.std(axis=0), 1e-9)
    scaled = (matrix - centre) / spread
    gram = scaled.T @ scaled + _PENALTY * np.eye(matrix.shape[1])
    weights = np.linalg.solve(gram, scaled.T @ (target - target.mean())) / spread
    weights[spread <= 1e-9] = 0.0
    return {"weights": weights.tolist(), "centre": centre.tolist(), "start": float(target.mean())}


def _trees(matrix: Floats, target: Floats) -> dict[str, Any]:
    fitted = train(_SETTINGS, Dataset(matrix, target, params={"verbose": -1}), _ROUNDS)
    return {"trees": fitted.model_to_string()}


def _usual(target: Floats) -> list[float]:
    return [float(np.expm1(one)) for one in np.quantile(target, (0.1, 0.5, 0.9))]
