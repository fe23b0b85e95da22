"""How often guesses are right: known values are hidden and guessed, beside two simple methods."""

import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.isotonic import IsotonicRegression

from .neighbours import Guess, Guesser, Way, Words, agrees

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
    """Figures, and what was learned on the way: how sure guesses are, and in which way they are best made."""

    figures: Figures
    confidence: Confidence
    way: Way = Way.VOTE


Marks = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Tried:
    """For each known value the share of votes for the guess, and whether the guess is right."""

    shares: Marks
    right: Marks


def measure(described: Sequence[Words], values: Sequence[str | float], *, seed: int = 1) -> Measured:
    """Hide each known value once, in five parts, and guess it from the others.

    The vote of the nearest records is taken where it is right more often than the single nearest one.
    """
    if len(values) < FEWEST_KNOWN:
        return Measured(Figures(len(values), reason="few"), Confidence())
    tried, simple = _hidden(described, values, seed)
    way = max(Way, key=lambda one: (tried[one].right.mean(), one is Way.SINGLE))
    shares, right = tried[way].shares, tried[way].right
    # Curves fitted on half of the guesses judge the other half, so that the figures aren't flattered.
    sure = _cross_fitted(shares, right) >= RIGHT_OFTEN_ENOUGH
    figures = Figures(
        known=len(values),
        right=float(right.mean()),
        most_frequent=float(simple.mean()),
        single_nearest=float(tried[Way.SINGLE].right.mean()),
        shown=float(sure.mean()),
        right_when_shown=float(right[sure].mean()) if sure.any() else 0.0,
        reason=_reason(right, simple, sure),
    )
    return Measured(figures, Confidence(_curve(shares, right)), way)


def _hidden(described: Sequence[Words], values: Sequence[str | float], seed: int) -> tuple[Mapping[Way, _Tried], Marks]:
    """What each way guesses of each known value, and whether the most frequent one is right."""
    order = list(range(len(values)))
    random.Random(seed).shuffle(order)  # noqa: S311 - a fair split, no secret
    tried = {way: _Tried(np.zeros(len(values)), np.zeros(len(values))) for way in Way}
    simple = np.zeros(len(values))
    for part in range(_PARTS):
        hidden = order[part::_PARTS]
        known = sorted(set(order) - set(hidden))
        guesser = Guesser([described[place] for place in known], [values[place] for place in known])
        usual = _usual(guesser.values)
        for place, guesses in zip(hidden, guesser.guess([described[place] for place in hidden]), strict=True):
            simple[place] = agrees(usual, values[place])
            for way, guess in (guesses or {}).items():
                tried[way].shares[place], tried[way].right[place] = guess.share, agrees(guess.value, values[place])
    return tried, simple


def _usual(values: Sequence[str | float]) -> str | float:
    """The most frequent value, or the median of numbers."""
    numbers = sorted(value for value in values if isinstance(value, float))
    return numbers[len(numbers) // 2] if numbers else Counter(values).most_common(1)[0][0]


def _cross_fitted(shares: Marks, right: Marks) -> Marks:
    found = np.zeros(len(shares))
    halves = np.arange(len(shares)) % 2 == 0
    for half in (halves, ~halves):
        found[half] = _curve(shares[~half], right[~half]).predict(shares[half])
    return found


def _curve(shares: Marks, right: Marks) -> IsotonicRegression:
    return IsotonicRegression(out_of_bounds="clip", y_min=0.0, y_max=1.0).fit(shares, right)


def _reason(right: Marks, simple: Marks, sure: npt.NDArray[np.bool_]) -> str:
    """Why the field is left alone, "" when it isn't."""
    gain = right - simple
    if gain.mean() - 2 * gain.std() / math.sqrt(len(gain)) <= 0:
        return "no better"
    if sure.mean() < _WORTH_SHOWING or right[sure].mean() < RIGHT_OFTEN_ENOUGH:
        return "not sure"
    return ""
