"""From months to the weeks and quarters that people ask for: each is a sum of parts of months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WEEKS = 16
_PARTS = 5
_MONTHS_OF_PROFILE = 24


@dataclass(frozen=True)
class Profile:
    """How much is won on a usual day, by the part of the month it lies in, and on weekends."""

    weights: Floats

    def of(self, day: date) -> float:
        """The weight of a day."""
        return float(self.weights[_bucket(day)])


def profile_of(days: Sequence[date], values: Floats) -> Profile:
    """From what was won on each day of the last two years."""
    newest = slice(-31 * _MONTHS_OF_PROFILE, None)
    buckets = np.array([_bucket(day) for day in days[newest]])
    sums = np.bincount(buckets, weights=values[newest], minlength=_PARTS + 1)
    counts = np.bincount(buckets, minlength=_PARTS + 1)
    usual = float(values[newest].mean())
    return Profile((sums + usual) / (counts + 1) + 1e-9)


def weeks_from(first: date) -> list[date]:
    """The Mondays from a month's first on."""
    monday = first + timedelta(days=-first.weekday() % 7)
    return [monday + timedelta(days=7 * place) for place in range(WEEKS)]


def by_week(first: date, months: int, profile: Profile) -> Floats:
    """How much of each month falls into each week from `first` on, shape (months, weeks)."""
    mondays = weeks_from(first)
    found = np.zeros((months, len(mondays)))
    for place, start in enumerate(months_from(first, months)):
        days = days_of(start)
        weights = np.array([profile.of(day) for day in days])
        for day, share in zip(days, weights / weights.sum(), strict=True):
            week = (day - mondays[0]).days // 7
            if 0 <= week < len(mondays):
                found[place, week] += share
    return found


def by_quarter(first: date, months: int) -> Floats:
    """The months of this quarter that are left, then those of the next, shape (months, 2)."""
    left = 3 - (first.month - 1) % 3
    steps = np.arange(months)
    return np.array([steps < left, (steps >= left) & (steps < left + 3)], dtype=np.float64).T


def months_from(first: date, number: int) -> list[date]:
    """The firsts of so many months."""
    begun = first.year * 12 + first.month - 1
    return [date((begun + step) // 12, (begun + step) % 12 + 1, 1) for step in range(number)]


def days_of(month: date) -> list[date]:
    """The days of a month."""
    end = months_from(month, 2)[1]
    return [month + timedelta(days=step) for step in range((end - month).days)]


def _bucket(day: date) -> int:
    """The fifth of the month it lies in; the last bucket is that of weekends."""
    if day.weekday() >= 5:
        return _PARTS
    length = len(days_of(day.replace(day=1)))
    return min((day.day - 1) * _PARTS // length, _PARTS - 1)
