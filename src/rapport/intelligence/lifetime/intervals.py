"""Intervals and typical revenue, from how far an earlier trial was off: conformal, by groups of like expectation."""

from dataclasses import dataclass

import numpy as np

from .purchases import Floats

LEVELS = (80, 95)
_GROUPS = 10
_FEWEST = 50
_RARE = 0.1


@dataclass(frozen=True)
class Group:
    """Customers of whom about as much is expected: what they bring as multiples of that, by level, and the middle."""

    from_expected: float
    low: dict[int, float]
    high: dict[int, float]
    middle: float


@dataclass(frozen=True)
class Interval:
    """Shape (customers,) each."""

    low: Floats
    high: Floats


@dataclass(frozen=True)
class Spread:
    """How far from what is expected the outcome may be."""

    groups: tuple[Group, ...]

    def interval(self, expected: Floats, level: int) -> Interval:
        """Holds at least `level` per cent of outcomes; where many bring nothing it begins at 0."""
        group = self._of(expected)
        low = np.array([one.low[level] for one in self.groups])[group]
        high = np.array([one.high[level] for one in self.groups])[group]
        return Interval(low * expected, high * expected)

    def typical(self, expected: Floats) -> Floats:
        """Half of such customers bring less."""
        return np.array([one.middle for one in self.groups])[self._of(expected)] * expected

    def _of(self, expected: Floats) -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
        borders = np.array([one.from_expected for one in self.groups])
        return np.maximum(np.searchsorted(borders, expected, side="right") - 1, 0)


def spread_of(came: Floats, expected: Floats) -> Spread:
    """Learn from a trial."""
    groups = int(np.clip(len(came) // _FEWEST, 1, _GROUPS))
    borders = np.unique(np.quantile(expected, np.linspace(0, 1, groups + 1)[:-1]))
    where = np.maximum(np.searchsorted(borders, expected, side="right") - 1, 0)
    share = came / np.maximum(expected, 1e-9)
    return Spread(tuple(_group(float(border), share[where == place]) for place, border in enumerate(borders)))


def _group(border: float, share: Floats) -> Group:
    low, high = {}, {}
    nothing = float((share <= 0).mean())
    for level in LEVELS:
        outside = 1 - level / 100
        begins_at_nothing = nothing >= min(_RARE, outside / 2)
        low[level] = 0.0 if begins_at_nothing else float(np.quantile(share, outside / 2))
        reach = 1 - outside if begins_at_nothing else 1 - outside / 2
        high[level] = float(np.quantile(share, min(1.0, reach * (1 + 1 / len(share))), method="higher"))
    return Group(
        border, {level: min(one, 0.0) if one < 0 else one for level, one in low.items()}, high, float(np.median(share))
    )
