"""What follows when a suggestion stands among the first ones, and when it does not: a regularised logistic regression.

Everything known of a suggestion counts twice: for itself, and for what standing up adds to it. So the order by the
difference asks what showing it first changes, not what goes well anyway.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log1p

import numpy as np
from numpy.typing import NDArray

from ..ranking import UP

Numbers = NDArray[np.float64]
Context = Mapping[str, float]
_LOGGED = ("value", "per_hour", "minutes")
_STRENGTH = 1.0


@dataclass(frozen=True)
class Reward:
    """What was learned: the sources it knows, how columns are scaled, and the coefficients. Kept as plain numbers."""

    sources: tuple[str, ...]
    middle: tuple[float, ...]
    spread: tuple[float, ...]
    coefficients: tuple[float, ...]
    intercept: float

    def foreseen(self, sources: Sequence[str], contexts: Sequence[Context], *, up: NDArray[np.bool_]) -> Numbers:
        """The chance that each helps, when it stands up or not."""
        columns = _with_up(_scaled(_columns(self.sources, sources, contexts), self.middle, self.spread), up)
        told: Numbers = 1 / (1 + np.exp(-(columns @ np.array(self.coefficients) + self.intercept)))
        return told

    def gain(self, sources: Sequence[str], contexts: Sequence[Context]) -> Numbers:
        """What standing up adds to the chance of each."""
        yes = np.ones(len(sources), dtype=bool)
        return self.foreseen(sources, contexts, up=yes) - self.foreseen(sources, contexts, up=~yes)


def learn_reward(
    sources: Sequence[str], contexts: Sequence[Context], *, up: NDArray[np.bool_], helped: NDArray[np.bool_]
) -> Reward:
    """Fit it; `helped` must hold both answers."""
    from sklearn.linear_model import LogisticRegression

    known = tuple(sorted(set(sources)))
    plain = _columns(known, sources, contexts)
    middle, spread = plain.mean(axis=0), plain.std(axis=0)
    spread[spread == 0] = 1.0
    found = LogisticRegression(C=_STRENGTH, max_iter=500).fit(_with_up(_scaled(plain, middle, spread), up), helped)
    return Reward(known, _plain(middle), _plain(spread), _plain(found.coef_[0]), float(found.intercept_[0]))


def _plain(column: Numbers) -> tuple[float, ...]:
    return tuple(float(value) for value in column)


def put_up(gain: Numbers, weight: Numbers, lists: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Of each list the `UP` for which standing up adds most."""
    worth = gain * weight
    order = np.lexsort((-worth, lists))
    starts = np.flatnonzero(np.r_[True, np.diff(lists[order]) != 0])
    position = np.arange(len(order)) - np.repeat(starts, np.diff(np.r_[starts, len(order)]))
    up = np.zeros(len(order), dtype=bool)
    up[order] = position < UP
    return up


def _columns(known: Sequence[str], sources: Sequence[str], contexts: Sequence[Context]) -> Numbers:
    rows = []
    for source, context in zip(sources, contexts, strict=True):
        told = [log1p(max(context.get(name, 0.0), 0.0)) for name in _LOGGED]
        late = max(min(context.get("days_late", 0.0), 60.0), -60.0)
        rows.append([float(source == one) for one in known] + told + [context.get("chance", 0.0), late])
    return np.array(rows, dtype=float).reshape(len(sources), len(known) + len(_LOGGED) + 2)


def _scaled(columns: Numbers, middle: Sequence[float] | Numbers, spread: Sequence[float] | Numbers) -> Numbers:
    told: Numbers = (columns - np.array(middle)) / np.array(spread)
    return told


def _with_up(columns: Numbers, up: NDArray[np.bool_]) -> Numbers:
    flag = up.astype(float)[:, None]
    return np.hstack([columns, flag, columns * flag])
