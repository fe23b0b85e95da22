"""What a candidate is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ..columns import Floats
from ..design import Matrices
from ..measures import Booleans


class Learned(Protocol):
    """What came of learning."""

    def log_odds(self, matrices: Matrices) -> Floats:
        """The logarithm of the odds of yes, shape (rows,)."""


@dataclass(frozen=True)
class Candidate:
    """A way of learning: matrices, answers, weights (both of shape (rows,)) and a seed give something learned."""

    name: str
    label: str
    learn: Callable[[Matrices, Booleans, Floats, int], Learned]


def log_odds(chance: Floats) -> Floats:
    """Chances as logarithms of odds, bounded so that none is infinite."""
    bounded = np.clip(chance, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(bounded) - np.log1p(-bounded), dtype=np.float64)


def chance_of(odds: Floats) -> Floats:
    """The way back."""
    return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float64)
