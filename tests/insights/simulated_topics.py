"""Topics counted by month in which what rises is known, because it was planted: seasons, growth and scatter besides."""

from datetime import date

import numpy as np

from rapport.insights.trends.counting import Counted, Value
from rapport.insights.trends.topics import TOPICS

MONTHS = 24
SIZES = ((8, 80), (10, 60), (6, 40), (12, 40), (6, 30))
"""Values and records a month of each topic."""


def topics(
    seed: int, *, times: float = 1.0, since: int = 12, scatter: float = 0.0, lasting: float = 0.0
) -> list[Counted]:
    """The first value of the first topic has a tenth of all, and `times` as much from month `since` on.

    `scatter` is how far shares stray from month to month beyond chance, `lasting` how much of it stays for the next.
    """
    chance = np.random.default_rng(seed)
    found = []
    for place, (values, a_month) in enumerate(SIZES):
        shares = chance.dirichlet(np.full(values - 1, 3.0)) * 0.9
        weights = np.outer(np.array([0.1, *shares]), np.ones(MONTHS))
        weights *= np.exp(_strays(chance, values, scatter, lasting))
        if place == 0:
            weights[0, since:] *= times
        season = 1 + 0.3 * np.sin(np.arange(MONTHS) * 2 * np.pi / 12)
        totals = chance.poisson(a_month * season * np.linspace(0.9, 1.3, MONTHS))
        months = zip(totals, (weights / weights.sum(axis=0)).T, strict=True)
        found.append(_counted(place, np.array([chance.multinomial(total, shares) for total, shares in months]).T))
    return found


def counted_as(*counts: list[int]) -> Counted:
    """One topic whose values were counted so in each month."""
    return _counted(0, np.array(counts))


def _strays(chance: np.random.Generator, values: int, scatter: float, lasting: float) -> np.ndarray:
    strays = np.zeros((values, MONTHS))
    for month in range(MONTHS):
        strays[:, month] = lasting * strays[:, month - 1] * (month > 0) + chance.normal(size=values) * scatter
    return strays


def _counted(place: int, counts: np.ndarray) -> Counted:
    months = tuple(date(2024 + number // 12, number % 12 + 1, 1) for number in range(MONTHS))
    values = tuple(Value(f"value {row}", f"value {row}", tuple(one.tolist())) for row, one in enumerate(counts))
    return Counted(TOPICS[place], months, values, tuple(counts.sum(axis=0).tolist()), 0)
