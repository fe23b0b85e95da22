"""Ways of saying how much each case would want each item: the simplest first.

EASE (Steck, WWW 2019) is a linear model of each item by all others, in closed form. Multiplied by the buyers of the
last days it follows the season.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import spotrf, spotri

from .situations import WINDOWS, Situation

Scores = NDArray[np.float32]

_PENALTY_SHARE = 0.05
_LEAST_PENALTY, _MOST_PENALTY = 10.0, 500.0


@dataclass(frozen=True)
class Ground:
    """A situation with what several recommenders share, computed once."""

    situation: Situation

    @cached_property
    def together(self) -> Scores:
        """In how many rows two items are, float32 (items, items)."""
        learned = self.situation.learned_from
        return np.asarray((learned.T @ learned).todense(), dtype=np.float32)

    @cached_property
    def alike(self) -> Scores:
        """Cosine of two items' rows, 0 with itself."""
        sold = np.sqrt(np.maximum(self.together.diagonal(), 1)).astype(np.float32)
        cosine: Scores = self.together / sold[:, None] / sold[None, :]
        np.fill_diagonal(cosine, 0)
        return cosine

    @cached_property
    def weights(self) -> Scores:
        """EASE: how much holding one item (row) speaks for another (column)."""
        return _ease(self.together, self.penalty)

    @cached_property
    def weights_of_change(self) -> Scores:
        """The same of what differs from the mean row."""
        rows = self.situation.learned_from.shape[0]
        mean = (self.situation.popularity / rows).astype(np.float32)
        return _ease(self.together - rows * np.outer(mean, mean), self.penalty)

    @property
    def penalty(self) -> float:
        """EASE's only constant, by how many rows there are."""
        return float(np.clip(_PENALTY_SHARE * self.situation.learned_from.shape[0], _LEAST_PENALTY, _MOST_PENALTY))

    def for_all(self, figures: NDArray[np.float64]) -> Scores:
        """The same score of each item for every case."""
        return np.broadcast_to(figures.astype(np.float32), self.situation.held.shape).copy()

    @cached_property
    def ease(self) -> Scores:
        """Scores by EASE."""
        return np.asarray(self.situation.held @ self.weights)

    @cached_property
    def ease_lately(self) -> Scores:
        """Scores by EASE from what was bought lately."""
        return np.asarray(self.situation.lately @ self.weights)

    @cached_property
    def ease_of_change(self) -> Scores:
        """Scores by EASE around the mean row."""
        rows = self.situation.learned_from.shape[0]
        mean = (self.situation.popularity / rows).astype(np.float32)
        return np.asarray(self.situation.held @ self.weights_of_change + (mean - mean @ self.weights_of_change))

    @cached_property
    def nearest(self) -> Scores:
        """Scores by items bought by the same customers."""
        return np.asarray(self.situation.held @ self.alike)


def _ease(gram: Scores, penalty: float) -> Scores:
    factor, _failed = spotrf(gram + penalty * np.eye(len(gram), dtype=np.float32), lower=1)
    half, _failed = spotri(factor, lower=1)
    inverse = np.tril(half) + np.tril(half, -1).T
    weights: Scores = -inverse / inverse.diagonal()
    np.fill_diagonal(weights, 0)
    return weights


@dataclass(frozen=True)
class Recommender:
    """A way of scoring: shape (cases, items), the higher the better. `dated`: where it is tried; None: everywhere."""

    name: str
    scores: Callable[[Ground], Scores]
    dated: bool | None = None


def _co_occurrence(ground: Ground) -> Scores:
    others = ground.together.copy()
    np.fill_diagonal(others, 0)
    return np.asarray(ground.situation.held @ others)


def _recent(window: int) -> Callable[[Ground], Scores]:
    return lambda ground: ground.for_all(ground.situation.stock[f"buyers {window}"])


def _ease_recent(window: int, kind: str) -> Callable[[Ground], Scores]:
    return lambda ground: (
        np.maximum(ground.ease, 0) * (ground.situation.stock[f"{kind} {window}"] + 1).astype(np.float32)
    )


RECOMMENDERS: tuple[Recommender, ...] = (
    Recommender("popularity", lambda ground: ground.for_all(ground.situation.popularity)),
    *(Recommender(f"popularity of {window} days", _recent(window), dated=True) for window in WINDOWS),
    Recommender("co-occurrence", _co_occurrence),
    Recommender("item-kNN", lambda ground: ground.nearest),
    Recommender("EASE", lambda ground: ground.ease),
    Recommender("EASE around the mean", lambda ground: ground.ease_of_change, dated=False),
    *(
        Recommender(f"EASE x {kind} of {window} days", _ease_recent(window, kind), dated=True)
        for kind in ("buyers", "first-time buyers")
        for window in WINDOWS[:3]
    ),
)


def fitting(situation: Situation) -> list[Recommender]:
    """The recommenders that can be tried there."""
    return [one for one in RECOMMENDERS if one.dated is None or one.dated == bool(situation.stock)]
