"""How often guesses are right: known values are hidden and guessed, beside two simple methods."""

import math
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.isotonic import IsotonicRegression

from .neighbours import Guess, Guesser, Words, agrees

FEWEST_KNOWN = 40
RIGHT_OFTEN_ENOUGH = 0.7  # an estimate is shown only when as sure as this
_PARTS = 5
_WORTH_SHOWING = 0.02


@dataclass(frozen=True)
class Figures:
    """What hiding so many known values showed, as shares of all of them that were right.

    `most_frequent` and `single_nearest` are the simple methods. `shown` is the share of guesses sure enough to show,
    `right_when_shown` how many of those were right. Where it `abstains`, no estimate is made, for the `reason`.
    """

    known: int
    right: float = 0.0
    most_frequent: float = 0.0
    single_nearest: float = 0.0
    shown: float = 0.0
    right_when_shown: float = 0.0
    reason: str = ""

    @property
    def abstains(self) -> bool:
        """Whether the field is left alone."""
        return bool(self.reason)


@dataclass(frozen=True)
class Confidence:
    """Turns the share of votes for a guess into how often such guesses are right."""

    curve: IsotonicRegression | None = None

    def of(self, guess: Guess) -> float:
        """From 0 to 1; never quite sure."""
        if self.curve is None:
            return 0.0
        return float(min(0.99, self.curve.predict([guess.share])[0]))


@dataclass(frozen=True)
class Measured:
    """Figures, and the confidence learned on the way."""

    figures: Figures
    confidence: Confidence


def measure(described: Sequence[Words], values: Sequence[str | float], *, seed: int = 1) -> Measured:
    """Hide each known value once, in five parts, and guess it from the others."""
    if len(values) < FEWEST_KNOWN:
        return Measured(Figures(len(values), reason="few"), Confidence())
    shares, right, simple, nearest = _hidden(described, values, seed)
    confidence = Confidence(IsotonicRegression(out_of_bounds="clip", y_min=0.0, y_max=1.0).fit(shares, right))
    assert confidence.curve is not None
    # Curves fitted on half of the guesses judge the other half, so that the figures aren't flattered.
    sure = _cross_fitted(shares, right) >= RIGHT_OFTEN_ENOUGH
    figures = Figures(
        known=len(values),
        right=float(right.mean()),
        most_frequent=float(simple.mean()),
        single_nearest=float(nearest.mean()),
        shown=float(sure.mean()),
        right_when_shown=float(right[sure].mean()) if sure.any() else 0.0,
        reason=_reason(right, simple, sure),
    )
    return Measured(figures, confidence)


Shares = npt.NDArray[np.float64]


def _hidden(
    described: Sequence[Words], values: Sequence[str | float], seed: int
) -> tuple[Shares, Shares, Shares, Shares]:
    """For each known value: the share of votes for the guess, whether it is right, and so for the simple methods."""
    order = list(range(len(values)))
    random.Random(seed).shuffle(order)  # noqa: S311 - a fair split, no secret
    shares, right, simple, nearest = (np.zeros(len(values)) for _kind in range(4))
    for part in range(_PARTS):
        hidden = order[part::_PARTS]
        known = [place for place in order if place not in set(hidden)]
        guesser = Guesser([described[place] for place in known], [values[place] for place in known])
        usual = _usual(guesser.values)
        for place, guess in zip(hidden, guesser.guess([described[place] for place in hidden]), strict=True):
            simple[place] = agrees(usual, values[place])
            if guess is not None:
                shares[place], right[place] = guess.share, agrees(guess.value, values[place])
                nearest[place] = agrees(guess.single, values[place])
    return shares, right, simple, nearest


def _usual(values: Sequence[str | float]) -> str | float:
    """The most frequent value, or the median of numbers."""
    numbers = sorted(value for value in values if isinstance(value, float))
    return numbers[len(numbers) // 2] if numbers else Counter(values).most_common(1)[0][0]


def _cross_fitted(shares: Shares, right: Shares) -> Shares:
    found = np.zeros(len(shares))
    halves = np.arange(len(shares)) % 2 == 0
    for half in (halves, ~halves):
        curve = IsotonicRegression(out_of_bounds="clip", y_min=0.0, y_max=1.0).fit(shares[~half], right[~half])
        found[half] = curve.predict(shares[half])
    return found


def _reason(right: Shares, simple: Shares, sure: npt.NDArray[np.bool_]) -> str:
    """Why the field is left alone, "" when it isn't."""
    gain = right - simple
    if gain.mean() - 2 * gain.std() / math.sqrt(len(gain)) <= 0:
        return "no better"
    if sure.mean() < _WORTH_SHOWING or right[sure].mean() < RIGHT_OFTEN_ENOUGH:
        return "not sure"
    return ""
