"""How many more or fewer say yes lately than was promised, and how much of that will last.

Cases in order of time are cut into slices. A slice's *level* is what has to be added to its log odds so that as many
are promised as came. The level to come is a mean of past levels in which old ones fade; how fast is tried out: the
half-life is taken that would have foretold the slices after each earlier day best. Where levels come and go by chance,
the longest wins and hardly anything is added.
"""

from dataclasses import dataclass

import numpy as np

from .candidates.candidate import chance_of
from .columns import Floats
from .measures import Booleans

_ROWS_OF_A_SLICE = 150
_FEWEST_SLICES, _MOST_SLICES = 6, 40
_HALF_LIVES = (100.0, 1.0, 0.5, 0.25, 0.12, 0.06)
"""In tables."""
_FROM = 0.4
_AHEAD = 0.4
_DOUBT = 4.0
"""How much is known of no change beforehand, in the unit of `known`."""
_STEPS = 6


@dataclass(frozen=True)
class Slices:
    """The level of each slice, and how much its cases tell of it (Fisher information); shape (slices,) each."""

    level: Floats
    known: Floats


def level_to_come(odds: Floats, yes: Booleans, weights: Floats) -> float:
    """What is to be added to the log odds of cases to come; these here stand from the oldest to the newest."""
    number = int(np.clip(len(yes) // _ROWS_OF_A_SLICE, _FEWEST_SLICES, _MOST_SLICES))
    return _to_come(_slices(odds, yes, number=number, weights=weights, seen=np.ones(len(yes))))


def level_lately(odds: Floats, yes: Booleans, seen: Floats, *, weights: Floats | None = None) -> float:
    """The same for an estimator in use, from cases that came after all it learned from, the oldest first.

    `seen` tells of each case how much of it is over: the share of yes that would have come by now, 1 where all would.
    Of few cases hardly anything is added. Shape (rows,) each; without weights, each case counts alike.
    """
    if not len(yes):
        return 0.0
    number = int(np.clip(len(yes) // _ROWS_OF_A_SLICE, 1, _MOST_SLICES))
    given = np.ones(len(yes)) if weights is None else weights
    return _to_come(_slices(odds, yes, number=number, weights=given, seen=seen))


def _slices(odds: Floats, yes: Booleans, *, number: int, weights: Floats, seen: Floats) -> Slices:
    parts = np.array_split(np.arange(len(yes)), number)
    pairs = np.array([_level_of(odds[part], yes[part], weights[part], seen[part]) for part in parts])
    return Slices(pairs[:, 0], pairs[:, 1])


def _to_come(slices: Slices) -> float:
    number = len(slices.level)
    if number < _FEWEST_SLICES:
        return _faded(slices, number, _HALF_LIVES[0] * number)
    half_life = min(_HALF_LIVES, key=lambda one: _missed(slices, one * number))
    return _faded(slices, number, half_life * number)


def _level_of(odds: Floats, yes: Booleans, weights: Floats, seen: Floats) -> tuple[float, float]:
    """By Newton's steps, held near 0 as if one more case in four had told of no change."""
    level, known = 0.0, 0.0
    for _step in range(_STEPS):
        chance = chance_of(odds + level)
        known = float((weights * seen * chance * (1 - chance)).sum())
        missing = float((weights * (yes - seen * chance)).sum()) - 0.25 * level
        level += float(np.clip(missing / (known + 0.25), -1.0, 1.0))
    return level, max(known, 1e-3)


def _faded(slices: Slices, until: int, half_life: float) -> float:
    weight = slices.known[:until] * 0.5 ** ((until - 1 - np.arange(until)) / half_life)
    return float((weight * slices.level[:until]).sum() / (weight.sum() + _DOUBT))


def _missed(slices: Slices, half_life: float) -> float:
    """How far off the slices ahead of each earlier day would have been, squared."""
    number = len(slices.level)
    missed = 0.0
    for day in range(max(3, int(_FROM * number)), number):
        ahead = slice(day, day + max(1, int(_AHEAD * number)))
        off = (slices.level[ahead] - _faded(slices, day, half_life)) ** 2
        missed += float(np.average(off, weights=slices.known[ahead]))
    return missed
