"""How much of an error of calibration could have been helped: the same ranking, had one known what came.

What is missed with the right level is the fault of the slope, and with the right line that of its shape, or of chance.
What is missed on top of that was the world's, which nobody knew when the chances were told.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from sklearn.linear_model import LogisticRegression

from rapport.intelligence.tabular.candidates.candidate import chance_of, log_odds
from rapport.intelligence.tabular.measures import expected_calibration_error

Floats = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]
_FAR = 10.0
_WEAK = 1e3
_DRAWN = 50


def with_hindsight(yes: Booleans, chance: Floats) -> Iterator[tuple[str, Floats, Booleans]]:
    """What one would have to know, the chances that would have been told then, and the answers they are held against.

    The last are answers drawn by those chances: what is missed where every chance is right.
    """
    odds = log_odds(chance)
    if np.ptp(odds) == 0:
        return
    yield "level known", _with_level(odds, yes), yes
    fitted = LogisticRegression(C=_WEAK).fit(odds.reshape(-1, 1), yes)
    right = chance_of(float(fitted.coef_[0, 0]) * odds + float(fitted.intercept_[0]))
    yield "level and slope known", right, yes
    yield "every chance right", right, _drawn(right)


def _with_level(odds: Floats, yes: Booleans) -> Floats:
    """As many are promised as came."""
    return chance_of(odds + brentq(lambda level: float((chance_of(odds + level) - yes).sum()), -_FAR, _FAR))


def _drawn(chance: Floats) -> Booleans:
    """Of some draws the one in the middle by its error."""
    dice = np.random.default_rng(1)
    several = [dice.random(len(chance)) < chance for _draw in range(_DRAWN)]
    return sorted(several, key=lambda yes: expected_calibration_error(yes, chance))[_DRAWN // 2]
