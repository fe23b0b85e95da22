"""Intervals carried on from origin to origin: where they were too narrow or too wide for what came, the next are moved.

After Gibbs and Candès, Adaptive conformal inference, NeurIPS 2021. What would have held nearly all of one origin is
about its largest error, and mostly less than what holds nearly all of many: so the widest ones move by the share that
they missed. The narrower ones of a single series go half of the way to what would have held. With several series an
origin has errors enough to take all origins together: what holds the promised share of each holds less of them all, as
an origin that is far off loses more than a near one wins.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import NormalDist

import numpy as np

from .intervals import LEVELS, Made, Spread, known_by, least, spread_of, student
from .smoothing import Floats

_NARROW, _WIDE = LEVELS
_FOLLOWS = 0.5
_MOST_MOVED = 3.0
_NOTHING = 1e-12
_NORMAL = np.array([NormalDist().inv_cdf((100 + level) / 200) for level in range(1, 100)])
"""How large errors are, as with the normal distribution."""


@dataclass(frozen=True)
class Look:
    """How far off one origin was in multiples of the reach by level, shape (known,), how much later than the origin
    before it was, in horizons, and of how many series."""

    ratios: dict[int, Floats]
    horizons: float
    series: int

    @property
    def heard(self) -> float:
        """How much it has to say, from 0 to 1: less with few series."""
        return self.series / (self.series + 1)

    @property
    def kept(self) -> float:
        """How much of what earlier ones said stays."""
        return float((1 - _FOLLOWS * self.heard) ** self.horizons)


def followed(made: Sequence[Made]) -> Spread | None:
    """`spread_of` these, the newest first, as much wider or narrower as earlier ones ought to have been; each was
    foreseen without knowing what came."""
    spread = spread_of(made)
    if spread is None:
        return None
    looks = _looks(made)
    narrow = _half_way(looks) if len(spread.usual) == 1 else _taken_together(looks)
    reaches = np.array([spread.reach[_NARROW] * narrow, spread.reach[_WIDE] * _by_missed(looks)])
    return Spread(spread.usual, dict(zip(LEVELS, np.maximum.accumulate(reaches), strict=True)))


def _looks(made: Sequence[Made]) -> list[Look]:
    """At origins that had earlier ones and of which something is known, the oldest first."""
    looks = []
    for now, before in reversed(list(pairwise(made))):
        earlier = spread_of(known_by(made, now.origin))
        known = ~np.isnan(now.came)
        if earlier is not None and known.any():
            off = np.abs(now.foreseen - now.came)
            half = {level: np.maximum(np.outer(earlier.usual, earlier.reach[level]), _NOTHING) for level in LEVELS}
            ratios = {level: (off / half[level])[known] for level in LEVELS}
            looks.append(Look(ratios, now.horizons_since(before.origin), len(now.came)))
    return looks


def _half_way(looks: Sequence[Look]) -> float:
    """At each origin half of the way to what would have held the narrower level there."""
    times = 1.0
    for look in looks:
        times = times**look.kept * _bounded(np.quantile(look.ratios[_NARROW], _NARROW / 100)) ** (1 - look.kept)
    return float(times)


def _taken_together(looks: Sequence[Look]) -> float:
    """What would have held the narrower level over all origins, the newer counting more; normal errors stand before."""
    ratios, counts = [_NORMAL / student(_NARROW)], [np.full(len(_NORMAL), 1 / len(_NORMAL))]
    for look in looks:
        told = look.ratios[_NARROW]
        ratios.append(told)
        counts = [*(one * look.kept for one in counts), np.full(len(told), (1 - look.kept) / len(told))]
    return _bounded(least(np.concatenate(ratios), np.concatenate(counts), _NARROW / 100))


def _by_missed(looks: Sequence[Look]) -> float:
    """At each origin by the share that the widest level missed, less what it may."""
    times = 1.0
    for look in looks:
        missed = float((look.ratios[_WIDE] > 1).mean()) - (1 - _WIDE / 100)
        times = _bounded(times * np.exp(look.heard * look.horizons * missed))
    return times


def _bounded(times: float) -> float:
    return float(np.clip(times, 1 / _MOST_MOVED, _MOST_MOVED))
