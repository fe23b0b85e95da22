"""Lists of suggestions in a world where it is known what follows from showing one first.

Two sources; a suggestion of `worthy` helps more often by `lift` when it stands up, one of `idle` by nothing. The stated
order knows nothing of that. With `lift` 0 no order is better than another.
"""

import numpy as np

from rapport.insights.next_actions.learning.rows import Shown
from rapport.insights.next_actions.ranking import CHANCE, UP, WAITING

_EACH = UP + WAITING
BASE = 0.12


def simulate(seed: int, *, lists: int, lift: float) -> Shown:
    """So many lists of twelve, logged with the trades of the product."""
    random = np.random.default_rng(seed)
    count = lists * _EACH
    rank = np.tile(np.arange(_EACH), lists)
    worthy = random.random(count) < 0.5
    up = _traded(random, lists)
    helped = random.random(count) < BASE + lift * (worthy & up)
    per_hour = np.tile(np.linspace(900, 100, _EACH), lists) * random.lognormal(0, 0.1, count)
    return Shown(
        list=np.repeat(np.arange(lists), _EACH),
        source=["worthy" if one else "idle" for one in worthy],
        context=[{"value": value / 6, "per_hour": value, "chance": 0.3, "minutes": 10} for value in per_hour],
        up=up,
        propensity=np.where((rank < UP) == up, 1 - CHANCE / UP, CHANCE / UP),
        by_stated=rank < UP,
        helped=helped,
        weight=np.full(count, 0.8),
    )


def _traded(random: np.random.Generator, lists: int) -> np.ndarray:
    up = np.tile(np.arange(_EACH) < UP, (lists, 1))
    for row in np.flatnonzero(random.random(lists) < CHANCE):
        up[row, random.integers(UP)] = False
        up[row, UP + random.integers(WAITING)] = True
    return up.ravel()


def brought(shown: Shown, up: np.ndarray, *, lift: float) -> float:
    """What putting these up truly brings for each list, on average."""
    worthy = np.array([source == "worthy" for source in shown.source])
    chance = BASE + lift * (worthy & up)
    return float((chance * shown.weight).sum() / len(np.unique(shown.list)))
