"""Summing up the leaves of boosted trees.

Many rows go through a few trees at a time, which stay in the processor's cache: LightGBM by itself takes each row
through all trees, which takes half as long again where there are hundreds.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from .columns import Floats

if TYPE_CHECKING:
    from lightgbm import Booster

_TREES = 40
_MANY_ROWS = 500


def log_odds_by(booster: "Booster", plain: Floats, *, rounds: int = -1) -> Floats:
    """The log odds of each row by the first `rounds` trees, by all with -1; shape (rows,)."""
    trees = booster.num_trees() if rounds < 0 else min(rounds, booster.num_trees())
    if len(plain) < _MANY_ROWS or trees <= _TREES:
        return _of_some(booster, plain, 0, trees if trees else -1)
    return _of_trees(booster, plain, 0, trees)


def log_odds_at(booster: "Booster", plain: Floats, rounds: Sequence[int]) -> list[Floats]:
    """The log odds of each row after each of these numbers of rounds, the fewest first: a tree is asked once."""
    found: list[Floats] = []
    odds, done = np.zeros(len(plain)), 0
    for until in (min(one, booster.num_trees()) for one in rounds):
        odds = odds + _of_trees(booster, plain, done, until)
        found.append(odds)
        done = until
    return found


def _of_trees(booster: "Booster", plain: Floats, first: int, until: int) -> Floats:
    odds = np.zeros(len(plain))
    for begun in range(first, until, _TREES):
        odds += _of_some(booster, plain, begun, min(_TREES, until - begun))
    return odds


def _of_some(booster: "Booster", plain: Floats, first: int, number: int) -> Floats:
    odds = booster.predict(plain, raw_score=True, start_iteration=first, num_iteration=number, num_threads=1)
    return np.asarray(odds, dtype=np.float64)
