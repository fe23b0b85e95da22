"""Making promised chances come true: the line of Platt (1999) over log odds, learned from cases not learned from.

Where the cases have an order in time, two more things are learned from what happened before: how soon it changes how
many say yes, and whether what was learned from the old tells less of the new than it seems to.
"""

from dataclasses import dataclass

import numpy as np

from .candidates.candidate import chance_of
from .columns import Floats
from .levels import level_to_come
from .measures import Booleans, row_losses

_WEAK = 1e3
_FAR = 10.0
_SURE = 2.0
_LEAST = 0.1
"""Of the slope: what faded is still ranked."""
_FEWEST_IN_TIME = 600


@dataclass(frozen=True)
class Calibration:
    """Chance of yes = logistic(slope x log odds + shift)."""

    slope: float = 1.0
    shift: float = 0.0

    def chance(self, odds: Floats) -> Floats:
        """Calibrated chances of log odds, shape (rows,)."""
        return chance_of(self.slope * odds + self.shift)


@dataclass(frozen=True)
class Foretold:
    """Log odds of cases that came after all those learned from, and their answers, shape (rows,) each."""

    odds: Floats
    yes: Booleans


def calibration_of(odds: Floats, yes: Booleans, weights: Floats) -> Calibration:
    """The best line; where that gains less than chance would, the odds are only moved until as many are promised as
    came."""
    line = _line(odds, yes, weights)
    if line.slope <= 0:
        return Calibration(0.0, float(np.log(yes.mean() / (1 - yes.mean()))))
    gained = (row_losses(yes, chance_of(odds)) - row_losses(yes, line.chance(odds))) * weights
    return line if gained.sum() > 2.0 else Calibration(shift=_shift_of(odds, yes, weights))


def calibration_in_time(odds: Floats, yes: Booleans, weights: Floats, foretold: Foretold | None) -> Calibration:
    """The same for cases from the oldest to the newest.

    The slope is held within two standard errors of the one that newer cases had, foretold from older ones: a ranking
    that fades promises less. The level is the one that would have foretold the next best, had it been used all along.
    """
    slope = calibration_of(odds, yes, weights).slope
    if foretold is not None:
        slope = _held(slope, foretold)
    if len(yes) < _FEWEST_IN_TIME:
        return Calibration(slope, _shift_of(slope * odds, yes, weights))
    shift = _shift_of(slope * odds, yes, weights)
    return Calibration(slope, shift + level_to_come(slope * odds + shift, yes, weights))


def _held(slope: float, foretold: Foretold) -> float:
    line = _line(foretold.odds, foretold.yes, np.ones(len(foretold.yes)))
    chance = line.chance(foretold.odds)
    known = chance * (1 - chance)
    spread = (known * (foretold.odds - np.average(foretold.odds, weights=known)) ** 2).sum()
    error = _SURE / np.sqrt(max(float(spread), 1e-9))
    return float(np.clip(slope, line.slope - error, max(line.slope + error, _LEAST * slope)))


def _line(odds: Floats, yes: Booleans, weights: Floats) -> Calibration:
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=_WEAK).fit(odds.reshape(-1, 1), yes, sample_weight=weights)
    return Calibration(float(fitted.coef_[0, 0]), float(fitted.intercept_[0]))


def _shift_of(odds: Floats, yes: Booleans, weights: Floats) -> float:
    from scipy.optimize import brentq

    def missing(shift: float) -> float:
        return float((weights * (yes - chance_of(odds + shift))).sum())

    return float(brentq(missing, -_FAR, _FAR)) if missing(-_FAR) > 0 > missing(_FAR) else 0.0
