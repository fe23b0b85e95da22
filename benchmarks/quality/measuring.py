"""Precision, recall and F1 with bootstrap intervals, seconds and memory."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.spending import peak_megabytes

ROUNDS = 300
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Rate:
    """A figure with the interval that 95 of 100 resamples fall in."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f}–{self.high:.3f})"


@dataclass(frozen=True)
class Quality:
    """How good a set of found things is."""

    precision: Rate
    recall: Rate
    f1: Rate


def quality_of(right: Counts, wrong: Counts, missed: Counts, *, seed: int = 1) -> Quality:
    """From counts by row (or other unit that is resampled): found rightly, found wrongly, not found."""
    dice = np.random.default_rng(seed)
    every = np.stack([right, wrong, missed], axis=1)
    drawn = [every[dice.integers(0, len(every), len(every))].sum(axis=0) for _round in range(ROUNDS)]
    sums = np.array([every.sum(axis=0), *drawn], dtype=float)
    found, wanted = sums[:, 0] + sums[:, 1], sums[:, 0] + sums[:, 2]
    precision = _shares(sums[:, 0], found)
    recall = _shares(sums[:, 0], wanted)
    return Quality(_rate(precision), _rate(recall), _rate(_shares(2 * sums[:, 0], found + wanted)))


def share_of(right: Counts) -> Rate:
    """The share of ones, with Wilson's interval, which stays honest where all are right."""
    count, share, z = len(right), float(right.mean()), 1.96
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    width = z * ((share * (1 - share) + z * z / (4 * count)) / count) ** 0.5 / (1 + z * z / count)
    return Rate(share, max(0.0, middle - width), min(1.0, middle + width))


def _shares(part: npt.NDArray[np.float64], whole: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _rate(values: npt.NDArray[np.float64]) -> Rate:
    low, high = np.quantile(values[1:], [0.025, 0.975])
    return Rate(float(values[0]), float(low), float(high))


@dataclass
class Effort:
    """What something took: seconds by the clock, and the most memory the process had by then."""

    seconds: float = 0.0
    megabytes: int = 0

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s, {self.megabytes} MB"


@contextmanager
def measured() -> Iterator[Effort]:
    """Measures what happens inside."""
    effort = Effort()
    began = time.perf_counter()
    yield effort
    effort.seconds = time.perf_counter() - began
    effort.megabytes = peak_megabytes()


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table in Markdown."""
    lines = [head, tuple("---" for _cell in head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
