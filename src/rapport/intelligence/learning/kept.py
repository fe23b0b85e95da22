"""Learned things as plain JSON, which can be read without trusting it, and which tell what each column contributed.

A contribution is in log odds, exactly: those of all columns and the rest add up to the log odds of a row.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np

from rapport.intelligence.tabular.candidates import CANDIDATES
from rapport.intelligence.tabular.candidates.candidate import log_odds
from rapport.intelligence.tabular.columns import Floats
from rapport.intelligence.tabular.design import Matrices
from rapport.intelligence.tabular.tree_sums import log_odds_by
from rapport.intelligence.tabular.trees_as_text import text_of

if TYPE_CHECKING:
    from lightgbm import Booster

_MOST_ODDS = float(log_odds(np.array([1.0]))[0])
Drawn = Literal["plain", "steps", "lines"]
Stored = Mapping[str, Any]


class Kept(Protocol):
    """A learned thing that was kept. `drawn` names the matrix whose columns its contributions belong to."""

    @property
    def drawn(self) -> Drawn:
        """Which matrix."""

    def log_odds(self, matrices: Matrices) -> Floats:
        """The logarithm of the odds of yes, shape (rows,)."""

    def contributions(self, matrices: Matrices) -> tuple[Floats, float]:
        """What each column added, shape (rows, columns), and the rest."""

    def as_stored(self) -> dict[str, Any]:
        """As JSON."""


@dataclass(frozen=True)
class KeptLinear:
    """Weights of steps or straight lines, and switches; a contribution is that beside the mean of the past cases,
    `centre`."""

    weights: Floats
    start: float
    centre: Floats
    drawn: Drawn = "steps"

    def log_odds(self, matrices: Matrices) -> Floats:
        """As learned."""
        return np.asarray(_drawn(matrices, self.drawn) @ self.weights + self.start, dtype=np.float64)

    def contributions(self, matrices: Matrices) -> tuple[Floats, float]:
        """Weight times the distance from the mean."""
        far = _drawn(matrices, self.drawn) - self.centre
        return far * self.weights, float(self.start + self.centre @ self.weights)

    def as_stored(self) -> dict[str, Any]:
        """As JSON."""
        return {"weights": self.weights.tolist(), "start": self.start, "centre": self.centre.tolist()}


@dataclass(frozen=True)
class KeptAdditive:
    """One curve a column: `cuts` part its values, `heights` are what each part adds, first that of a missing one."""

    cuts: tuple[Floats, ...]
    heights: tuple[Floats, ...]
    start: float
    drawn: Drawn = "plain"

    def log_odds(self, matrices: Matrices) -> Floats:
        """The sum of the curves."""
        added, rest = self.contributions(matrices)
        return np.asarray(added.sum(axis=1) + rest, dtype=np.float64)

    def contributions(self, matrices: Matrices) -> tuple[Floats, float]:
        """The height of each curve, all of them less where they would pass what a chance can be."""
        added = np.column_stack([self._height(number, matrices.plain[:, number]) for number in range(len(self.cuts))])
        total = added.sum(axis=1)
        bounded = np.clip(total + self.start, -_MOST_ODDS, _MOST_ODDS) - self.start
        share = np.divide(bounded, total, out=np.ones_like(total), where=total != bounded)
        return added * share[:, np.newaxis], self.start

    def _height(self, number: int, values: Floats) -> Floats:
        part = 1 + np.searchsorted(self.cuts[number], np.nan_to_num(values), side="right")
        return np.asarray(self.heights[number][np.where(np.isnan(values), 0, part)], dtype=np.float64)

    def as_stored(self) -> dict[str, Any]:
        """As JSON."""
        cuts, heights = [each.tolist() for each in self.cuts], [each.tolist() for each in self.heights]
        return {"cuts": cuts, "heights": heights, "start": self.start}


@dataclass(frozen=True)
class KeptTrees:
    """Boosted trees in LightGBM's own text; contributions are its Shapley values (Lundberg et al., 2020)."""

    text: str
    drawn: Drawn = field(default="plain")

    @cached_property
    def booster(self) -> "Booster":
        """The trees, read."""
        from lightgbm import Booster

        return Booster(model_str=self.text)

    def log_odds(self, matrices: Matrices) -> Floats:
        """The sum of the leaves."""
        return log_odds_by(self.booster, matrices.plain)

    def contributions(self, matrices: Matrices) -> tuple[Floats, float]:
        """By column; the rest is what is expected of any row."""
        found = np.asarray(self.booster.predict(matrices.plain, pred_contrib=True, num_threads=1), dtype=np.float64)
        return found[:, :-1], float(found[0, -1])

    def as_stored(self) -> dict[str, Any]:
        """As JSON."""
        return {"text": self.text}


def keep(name: str, learned: Any, matrices: Matrices) -> Kept:
    """What is kept of a candidate's learned thing, given the matrices that it was learned from."""
    return _KEEPERS[name](learned, matrices)


def _keep_linear(learned: Any, matrices: Matrices) -> Kept:
    centre = _drawn(matrices, learned.drawn).mean(axis=0)
    return KeptLinear(np.asarray(learned.weights, dtype=np.float64), learned.start, centre, learned.drawn)


def _drawn(matrices: Matrices, drawn: Drawn) -> Floats:
    found: Floats = getattr(matrices, drawn)
    return found


def _keep_additive(learned: Any, _matrices: Matrices) -> Kept:
    fitted = learned.fitted
    cuts = tuple(np.asarray(bins[0], dtype=np.float64) for bins in fitted.bins_)
    heights = tuple(np.asarray(scores, dtype=np.float64) for scores in fitted.term_scores_)
    return KeptAdditive(cuts, heights, float(fitted.intercept_[0]))


def _keep_trees(learned: Any, _matrices: Matrices) -> Kept:
    return KeptTrees(learned.fitted.booster_.model_to_string())


def _keep_histogram_trees(learned: Any, _matrices: Matrices) -> Kept:
    return KeptTrees(text_of(learned.fitted))


def _keep_symmetric_trees(learned: Any, _matrices: Matrices) -> Kept:
    return KeptTrees(learned.text)


_KEEPERS: Mapping[str, Callable[[Any, Matrices], Kept]] = {
    "straight_lines": _keep_linear,
    "logistic_regression": _keep_linear,
    "explainable_boosting": _keep_additive,
    "lightgbm_regularised": _keep_trees,
    "histogram_boosting": _keep_histogram_trees,
    "lightgbm": _keep_trees,
    "lightgbm_loose": _keep_trees,
    "catboost": _keep_symmetric_trees,
}
_DRAWN: Mapping[str, Drawn] = {"straight_lines": "lines", "logistic_regression": "steps"}
KEPT_NAMES = tuple(candidate.name for candidate in CANDIDATES if candidate.name in _KEEPERS)
"""The candidates that can be kept and explained, the simplest first; CatBoost where it is installed."""


def read(name: str, stored: Stored) -> Kept:
    """A learned thing from its JSON."""
    if name in _DRAWN:
        centre = _floats(stored["centre"])
        return KeptLinear(_floats(stored["weights"]), float(stored["start"]), centre, _DRAWN[name])
    if name == "explainable_boosting":
        cuts, heights = (tuple(_floats(each) for each in stored[part]) for part in ("cuts", "heights"))
        return KeptAdditive(cuts, heights, float(stored["start"]))
    return KeptTrees(str(stored["text"]))


def _floats(numbers: Any) -> Floats:
    return np.array(numbers, dtype=np.float64)
