"""Figures with the interval of 95 % of resamples, and paired differences with their verdict.

Units (customers, cases, series) are drawn anew with replacement, and each resample takes another seed's run: so the
interval holds the noise of the table and that of what was drawn while learning.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from benchmarks.quality.measuring import Rate

Rows = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
RunT = TypeVar("RunT")
Figure = Callable[[int, Rows], float]
"""From the place of a seed and the units that count."""


@dataclass(frozen=True)
class Values:
    """A figure of every seed on all units, and of each resample."""

    whole: Floats
    drawn: Floats

    def __sub__(self, other: "Values") -> "Values":
        return Values(self.whole - other.whole, self.drawn - other.drawn)

    @property
    def rate(self) -> Rate:
        """The mean over seeds, and where 95 % of resamples lie."""
        low, high = np.nanquantile(self.drawn, [0.025, 0.975])
        return Rate(float(self.whole.mean()), float(low), float(high))


@dataclass(frozen=True)
class Resamples:
    """`whole` holds every unit of every seed, `drawn` the resamples."""

    whole: tuple[tuple[int, Rows], ...]
    drawn: tuple[tuple[int, Rows], ...]

    def of(self, figure: Figure) -> Values:
        """The figure of each."""
        whole, drawn = (np.array([figure(*one) for one in several]) for several in (self.whole, self.drawn))
        return Values(whole, drawn)

    def of_runs(self, runs: Sequence[RunT], figure: Callable[[RunT, Rows], float]) -> Values:
        """The figure of each, asked of the run of its seed."""
        return self.of(lambda seed, rows: figure(runs[seed], rows))


def resamples_of(units: int, seeds: int, *, rounds: int = 300) -> Resamples:
    """As many units in each resample as there are; all figures of a part share them, so that differences are paired."""
    dice = np.random.default_rng(1)
    drawn = tuple((one % seeds, dice.integers(0, units, units)) for one in range(rounds))
    return Resamples(tuple((place, np.arange(units)) for place in range(seeds)), drawn)


def shown(values: Values, *, places: int = 3, times: float = 1.0, sign: bool = False) -> str:
    """A figure with its interval."""
    rate = values.rate
    value, low, high = (f"{times * one:{'+' if sign else ''}.{places}f}" for one in (rate.value, rate.low, rate.high))
    return f"{value} ({low} to {high})"


def beside(difference: Values, *, places: int = 3, times: float = 1.0, less_is_better: bool = True) -> str:
    """Ours minus theirs with its interval, and whether that is beyond noise."""
    rate, told = difference.rate, shown(difference, places=places, times=times, sign=True)
    if rate.low <= 0 <= rate.high:
        return f"{told}: level"
    return f"{told}: {'ahead' if (rate.high < 0) == less_is_better else 'behind'}"
