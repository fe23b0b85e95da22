"""Comparing two estimators case by case, while the cases come in, without being misled by looking often.

The interval of `interval_of` holds at all times at once: whoever looks after each case and stops when it leaves out
zero is wrong in at most 5 % of trials (the asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and
Ramdas 2021, with the mixture of Robbins). `chance_of_noise` is its p-value, valid at every look, too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

ALPHA = 0.05
FEWEST = 30
_SURE = 1.645  # the share of trials of the needed size that find the smallest difference that matters is then 95 %
_MOST = 100_000


@dataclass(frozen=True)
class Interval:
    """The mean of n differences and between what it lies, whenever one looks."""

    n: int
    mean: float
    low: float
    high: float

    @property
    def leaves_out_zero(self) -> bool:
        """Whether one of the two is better."""
        return self.low > 0 or self.high < 0

    def lies_within(self, margin: float) -> bool:
        """Whether the two differ by less than the margin, either way."""
        return self.low > -margin and self.high < margin


def interval_of(differences: Sequence[float], *, planned: int) -> Interval | None:
    """The interval after these differences, narrowest around `planned` of them; None below thirty."""
    n = len(differences)
    if n < FEWEST:
        return None
    mean = sum(differences) / n
    half = spread_of(differences) / sqrt(n) * reach(n, planned=planned)
    return Interval(n, mean, mean - half, mean + half)


def chance_of_noise(differences: Sequence[float], *, planned: int) -> float:
    """The level at which the interval would just touch zero: at most this often noise alone looks so, ever."""
    n = len(differences)
    spread = spread_of(differences) if n >= FEWEST else 0.0
    if spread == 0.0:
        return 1.0
    tuned = _tuned(max(planned, FEWEST))
    grown = n * tuned + 1
    signal = sum(differences) / n / spread
    return min(1.0, sqrt(grown) * exp(-(signal**2) * n**2 * tuned / (2 * grown)))


def reach(n: int, *, planned: int) -> float:
    """How many standard errors of their mean the interval reaches to either side after n differences."""
    return _half_width(n, max(planned, FEWEST)) * sqrt(n)


def spread_of(differences: Sequence[float]) -> float:
    """The standard deviation of single differences."""
    n = len(differences)
    mean = sum(differences) / n
    return sqrt(sum((one - mean) ** 2 for one in differences) / (n - 1))


def needed(*, matters: float, spread: float) -> int:
    """How many cases find a difference that matters in 95 of 100 trials, when single ones spread so far."""
    if matters <= 0:
        raise ValueError("The smallest difference that matters must be above zero.")
    low, high = FEWEST, _MOST
    while low < high:
        middle = (low + high) // 2
        finds = spread * (_half_width(middle, middle) + _SURE / sqrt(middle)) <= matters
        low, high = (low, middle) if finds else (middle + 1, high)
    return low


def _tuned(planned: int) -> float:
    return (-2 * log(ALPHA) + log(-2 * log(ALPHA) + 1)) / planned


def _half_width(n: int, planned: int) -> float:
    """In units of the spread of a single difference."""
    tuned = _tuned(planned)
    grown = n * tuned + 1
    return sqrt(2 * grown / (n**2 * tuned) * log(sqrt(grown) / ALPHA))
