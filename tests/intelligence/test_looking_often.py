"""Whoever looks every night isn't misled by looking often: versions that are equally good seldom take over."""

import numpy as np
import pytest

from rapport.intelligence.learning.promoting import Duel
from rapport.intelligence.outlooks.duels import Standing

DUELS, LOOKS = 400, range(30, 1_501, 15)


@pytest.fixture(scope="module")
def gains() -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """What each case costs less with the one of two versions that are equally good; skewed, as losses are."""
    chance = np.random.default_rng(53)
    one, two = chance.exponential(1.0, (2, DUELS, LOOKS[-1]))
    return one - two


def test_of_equal_versions_one_takes_over_in_at_most_one_duel_of_twenty(gains: np.ndarray) -> None:
    won = sum(any(_duel(row[:n]).is_won for n in LOOKS) for row in gains)
    assert won <= 0.05 * DUELS


def test_an_equal_outlook_is_seldom_called_worse_and_a_worse_one_seldom_good_enough(gains: np.ndarray) -> None:
    called_worse = sum(any(_standing(row[:n]).is_worse for n in LOOKS) for row in gains)
    called_good = sum(any(_standing(row[:n] - 0.05).is_not_worse for n in LOOKS) for row in gains)
    assert called_worse <= 0.05 * DUELS
    assert called_good <= 0.05 * DUELS


def test_a_version_that_is_much_better_is_told_soon(gains: np.ndarray) -> None:
    told = sum(_duel(row[:300] + 0.5).is_won for row in gains)
    assert told >= 0.95 * DUELS


def _duel(found: np.ndarray) -> Duel:
    return Duel(len(found), float(found.mean()), float(found.std() / np.sqrt(len(found))))


def _standing(found: np.ndarray) -> Standing:
    error = float(found.std(ddof=1) / np.sqrt(len(found)))
    return Standing("day", len(found), len(found), 1.0, float(found.mean()), error)
