"""What a candidate is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from typing import Any, Protocol

import numpy as np

from ..columns import Floats
from ..design import Matrices
from ..measures import Booleans

_ROWS = 6_000


class Learned(Protocol):
    """What came of learning."""

    def log_odds(self, matrices: Matrices) -> Floats:
        """The logarithm of the odds of yes, shape (rows,)."""


@dataclass(frozen=True)
class Lesson:
    """What is learned from: matrices, answers and weights, the latter two of shape (rows,); and for how long.

    `length` is a multiple of the usual number of rounds, for candidates that learn in rounds.
    """

    matrices: Matrices
    yes: Booleans
    weights: Floats
    seed: int = 1
    length: float = 1.0

    def rounds(self, usual: int) -> int:
        """How many rounds to take where 6,000 rows usually take so many: with the square root of the rows more."""
        return max(1, round(self.length * usual * sqrt(len(self.yes) / _ROWS)))

    def of_length(self, length: float) -> "Lesson":
        """The same for longer, or less long."""
        return replace(self, length=length)


@dataclass(frozen=True)
class Candidate:
    """A way of learning.

    Where rounds can be too few or too many, `lengths` are those to choose from, the shortest first; `log_odds_at` gives
    the log odds after each of several shares of the rounds learned, the least first.
    """

    name: str
    label: str
    learn: Callable[[Lesson], Learned]
    lengths: tuple[float, ...] = (1.0,)
    log_odds_at: Callable[[Any, Matrices, Sequence[float]], list[Floats]] = lambda learned, matrices, _all: [
        learned.log_odds(matrices)
    ]


def log_odds(chance: Floats) -> Floats:
    """Chances as logarithms of odds, bounded so that none is infinite."""
    bounded = np.clip(chance, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(bounded) - np.log1p(-bounded), dtype=np.float64)


def chance_of(odds: Floats) -> Floats:
    """The way back."""
    return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float64)
