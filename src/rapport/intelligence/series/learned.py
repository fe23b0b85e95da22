"""Boosted trees over all series at once: each step ahead is learned from many earlier origins."""

from dataclasses import dataclass
from typing import Any

import lightgbm
import numpy as np

from .known import deviation_of_known, mean_of_known, median_of_known
from .smoothing import Floats

_ROUNDS = 200
_MOST_ORIGINS = 24
_MOST_ROWS = 120_000
_FORGETS = 0.9
_FEWEST_ROWS = 200
_SETTINGS: dict[str, Any] = {
    "objective": "l1",
    "learning_rate": 0.05,
    "num_leaves": 15,
    "min_data_in_leaf": 40,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "verbose": -1,
    "num_threads": 1,
    "deterministic": True,
}


@dataclass(frozen=True)
class _Past:
    """Series as logarithms (or as they are), shape (series, time), and how far is looked ahead."""

    logs: Floats
    season: int
    horizon: int

    @property
    def recent(self) -> int:
        """How many periods count as the newest."""
        return max(self.season // 4, 2)

    @property
    def begun(self) -> int:
        """How many periods must be known before anything can be seen."""
        return self.season + self.recent

    @property
    def origins(self) -> list[int]:
        """Where to learn from, the newest first."""
        newest = self.logs.shape[1] - self.horizon
        every = list(range(newest, self.begun, -max(1, self.horizon // 4)))[:_MOST_ORIGINS]
        return every[: max(1, _MOST_ROWS // (len(self.logs) * self.horizon))]


def learned_forecast(logs: Floats, season: int, horizon: int, *, seed: int = 1) -> Floats:
    """What differs from last season and its growth, foreseen by trees. Shape (series, horizon).

    Without enough past to learn from, last season and its growth.
    """
    past = _Past(logs, season, horizon)
    if logs.shape[1] <= past.begun:
        return np.repeat(logs[:, -1:], horizon, axis=1)
    features, simple = _seen_from(past, logs.shape[1])
    if len(logs) * len(past.origins) * horizon < _FEWEST_ROWS:
        return simple
    trees = _learn(past, seed)
    return simple + np.asarray(trees.predict(features), dtype=np.float64).reshape(horizon, len(logs)).T


def _learn(past: _Past, seed: int) -> lightgbm.Booster:
    seen, targets, weights = [], [], []
    for age, origin in enumerate(past.origins):
        features, simple = _seen_from(past, origin)
        target = (past.logs[:, origin : origin + past.horizon] - simple).T.ravel()
        known = np.isfinite(target)
        seen.append(features[known])
        targets.append(target[known])
        weights.append(np.full(int(known.sum()), _FORGETS**age))
    table = lightgbm.Dataset(np.vstack(seen), np.concatenate(targets), weight=np.concatenate(weights))
    return lightgbm.train(_SETTINGS | {"seed": seed}, table, _ROUNDS)


def _seen_from(past: _Past, origin: int) -> tuple[Floats, Floats]:
    """Features of each step and series (steps one after the other), and last season with its growth."""
    logs, season = past.logs, past.season
    known = logs[:, :origin]
    base = np.nan_to_num(mean_of_known(known[:, -season:]))
    growth = np.nan_to_num(mean_of_known(known[:, -past.recent :] - known[:, -past.begun : -season]))
    same = _of_series(known, base, growth, season)
    rows, simple = [], []
    for step in range(past.horizon):
        place = origin + step % season - season
        before = logs[:, place - season] if place >= season else np.full(len(logs), np.nan)
        around = [logs[:, place - 1], logs[:, min(place + 1, origin - 1)]]
        shared = median_of_known(logs[:, place] - base)
        when = [np.full(len(logs), float(number)) for number in (step, (origin + step) % season, shared)]
        rows.append(np.column_stack([*when, *(line - base for line in (logs[:, place], before, *around)), *same]))
        last = np.where(np.isnan(logs[:, place]), known[:, -1], logs[:, place])
        simple.append(last + growth * (1 + step // season))
    return np.vstack(rows), np.column_stack(simple)


def _of_series(known: Floats, base: Floats, growth: Floats, season: int) -> list[Floats]:
    """How each series went lately: the same for every step ahead."""
    longer = growth
    if known.shape[1] >= 2 * season:
        longer = np.nan_to_num(mean_of_known(known[:, -season:] - known[:, -2 * season : -season]))
    lately = mean_of_known(known[:, -max(season // 8, 3) :]) - base
    moves = deviation_of_known(np.diff(known[:, -season - 1 :], axis=1))
    ends = [known[:, -1] - known[:, -1 - season], known[:, -1] - base, known[:, -2] - base]
    return [lately, growth, longer, *ends, moves]
