"""Shares with an interval that holds for few cases, too."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

_Z = 1.959964


@dataclass(frozen=True)
class Share:
    """So many of so many, and between what the share lies (Wilson's 95 % interval); all of it open with none."""

    n: int
    of: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None of none."""
        return self.n / self.of if self.of else None

    @property
    def low(self) -> float:
        """The lower end."""
        return max(0.0, self._middle - self._half) if self.of else 0.0

    @property
    def high(self) -> float:
        """The upper end."""
        return min(1.0, self._middle + self._half) if self.of else 1.0

    @property
    def _middle(self) -> float:
        return (self.n + _Z**2 / 2) / (self.of + _Z**2)

    @property
    def _half(self) -> float:
        spread = self.n * (self.of - self.n) / self.of + _Z**2 / 4
        return _Z * sqrt(spread) / (self.of + _Z**2)


def share_of(answers: Sequence[bool]) -> Share:
    """How many of them are yes."""
    return Share(sum(answers), len(answers))
