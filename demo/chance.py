"""Chance with a seed: every part of the company draws from a stream of its own, so that a change in one part
leaves the others as they were."""

import math
from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A stream of draws, the same for the same seed and name on every machine."""

    def __init__(self, seed: int, name: str) -> None:
        self._seed = seed
        self._random = Random(f"{seed}/{name}")

    def stream(self, name: str) -> "Chance":
        """An independent stream for a part called `name`."""
        return Chance(self._seed, name)

    def happens(self, probability: float) -> bool:
        """True in this share of draws."""
        return self._random.random() < probability

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return self._random.randint(low, high)

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self._random.randrange(len(options))]

    def weighted(self, options: Sequence[T], *, weights: Sequence[float]) -> T:
        """One of the options, by weight."""
        return self._random.choices(options, weights=weights)[0]

    def sample(self, options: Sequence[T], *, size: int) -> list[T]:
        """Several different options, in the order drawn."""
        return self._random.sample(options, min(size, len(options)))

    def around(self, middle: float, *, spread: float = 0.4) -> float:
        """A positive number with this median; `spread` is the standard deviation of its logarithm."""
        return middle * math.exp(self._random.gauss(0, spread))

    def uniform(self, low: float, high: float) -> float:
        """A number between both."""
        return self._random.uniform(low, high)
