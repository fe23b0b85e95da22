"""Making promised chances come true: the line of Platt (1999) over log odds, learned from cases not learned from."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from sklearn.linear_model import LogisticRegression

from .candidates.candidate import chance_of
from .columns import Floats
from .measures import Booleans, row_losses

_WEAK = 1e3
_FAR = 10.0


@dataclass(frozen=True)
class Calibration:
    """Chance of yes = logistic(slope x log odds + shift)."""

    slope: float = 1.0
    shift: float = 0.0

    def chance(self, odds: Floats) -> Floats:
        """Calibrated chances of log odds, shape (rows,)."""
        return chance_of(self.slope * odds + self.shift)


def calibration_of(odds: Floats, yes: Booleans, weights: Floats) -> Calibration:
    """The best line; where that gains less than chance would, the odds are only moved until as many are promised as
    came."""
    fitted = LogisticRegression(C=_WEAK).fit(odds.reshape(-1, 1), yes, sample_weight=weights)
    line = Calibration(float(fitted.coef_[0, 0]), float(fitted.intercept_[0]))
    if line.slope <= 0:
        return Calibration(0.0, float(np.log(yes.mean() / (1 - yes.mean()))))
    gained = (row_losses(yes, chance_of(odds)) - row_losses(yes, line.chance(odds))) * weights
    return line if gained.sum() > 2.0 else Calibration(shift=_shift_of(odds, yes, weights))


def _shift_of(odds: Floats, yes: Booleans, weights: Floats) -> float:
    def missing(shift: float) -> float:
        return float((weights * (yes - chance_of(odds + shift))).sum())

    return float(brentq(missing, -_FAR, _FAR)) if missing(-_FAR) > 0 > missing(_FAR) else 0.0
