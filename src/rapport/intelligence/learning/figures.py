"""What an estimator is worth: the trial by time, its figures and the verdict on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

import numpy as np
from django.utils.translation import gettext_noop
from numpy.typing import NDArray

from rapport.intelligence.tabular import Column, Estimator, train
from rapport.intelligence.tabular.columns import Floats
from rapport.intelligence.tabular.evaluation import auc_error
from rapport.intelligence.tabular.measures import (
    Booleans,
    Measures,
    expected_calibration_error,
    measures_of,
    row_losses,
)

_NEWEST = 0.3
_FEWEST_TRIED = 30
_SURE = 1.96
_FOLDS = 3
_MOST_AT_RANDOM = 12_000
_DRAWS = 200
BINS = 10
NO_SIGNAL = gettext_noop("On the newest cases, which it had not seen, its ranking can't be told from chance.")
NO_GAIN = gettext_noop("On the newest cases, which it had not seen, its chances are no better than the usual share.")
TOO_FEW_NEW = gettext_noop("There are too few new cases to try it on.")

Rows = NDArray[np.intp]


@dataclass(frozen=True)
class TimeSplit:
    """What was known on a day, and the cases that began to be looked at after it; those between are left out."""

    known: Rows
    newest: Rows


@dataclass(frozen=True)
class Tried:
    """What was promised for the newest cases, and what came."""

    yes: Booleans
    chance: Floats
    base_rate: float
    seconds: float
    estimator: Estimator

    def by(self, chance: Floats) -> "Tried":
        """The same with other chances for the same cases."""
        return replace(self, chance=chance)

    @property
    def measures(self) -> Measures:
        """The usual figures."""
        return measures_of(self.yes, self.chance)

    def problem(self) -> str:
        """Why it is not to be relied on; empty when it is."""
        if len(self.yes) < _FEWEST_TRIED or not 0 < self.yes.sum() < len(self.yes):
            return TOO_FEW_NEW
        area = self.measures.roc_auc
        if area - _SURE * auc_error(area, self.yes) <= 0.5:
            return NO_SIGNAL
        gained = gains(self.yes, np.full(len(self.yes), self.base_rate), self.chance)
        return NO_GAIN if gained.mean() <= 0 else ""


def gains(yes: Booleans, before: Floats, after: Floats) -> Floats:
    """How much logarithmic loss each case loses when `after` foresees it instead of `before`."""
    return np.asarray(row_losses(yes, before) - row_losses(yes, after), dtype=np.float64)


def split_by_time(as_of: Floats, known_at: Floats) -> TimeSplit:
    """The newest three tenths after learning from what was known before the first of them; cases are oldest first."""
    border = as_of[len(as_of) - max(1, int(_NEWEST * len(as_of)))]
    return TimeSplit(np.flatnonzero(known_at <= border), np.flatnonzero(as_of >= border))


def try_by_time(
    columns: Sequence[Column],
    yes: Booleans,
    split: TimeSplit,
    *,
    names: Sequence[str],
    care: Floats | None = None,
) -> Tried:
    """Learn from what was known, foresee the newest."""
    begun = perf_counter()
    older, newest = ([column.rows(rows) for column in columns] for rows in (split.known, split.newest))
    weights = None if care is None else care[split.known]
    estimator = train(older, yes[split.known], in_time_order=True, names=names, care=weights)
    chance = estimator.chance(newest) if estimator.learned else np.full(len(split.newest), estimator.base_rate)
    return Tried(yes[split.newest], chance, float(yes[split.known].mean()), perf_counter() - begun, estimator)


def try_at_random(columns: Sequence[Column], yes: Booleans, *, names: Sequence[str], seed: int = 1) -> dict[str, Any]:
    """The same with the world standing still: each case foreseen after learning from random others, old and new."""
    rows = np.arange(max(0, len(yes) - _MOST_AT_RANDOM), len(yes))
    fold = np.random.default_rng(seed).permutation(len(rows)) % _FOLDS
    chance = np.empty(len(rows))
    for number in range(_FOLDS):
        known, tried = rows[fold != number], rows[fold == number]
        estimator = train([column.rows(known) for column in columns], yes[known], names=names)
        chance[fold == number] = estimator.chance([column.rows(tried) for column in columns])
    measures = measures_of(yes[rows], chance)
    return {name: _figure(getattr(measures, name)) for name in ("rows", "roc_auc", "brier", "ece", "log_loss")}


def figures_of(tried: Tried) -> dict[str, Any]:
    """All figures of a trial, for the page and the model card."""
    measures = tried.measures
    return {
        "rows": measures.rows,
        "positives": measures.positives,
        "roc_auc": _figure(measures.roc_auc),
        "pr_auc": _figure(measures.pr_auc),
        "brier": _figure(measures.brier),
        "brier_of_base_rate": _figure(float(np.mean((tried.base_rate - tried.yes) ** 2))),
        "ece": _figure(measures.ece),
        "ece_by_chance": _figure(ece_by_chance(tried.chance)),
        "log_loss": _figure(measures.log_loss),
        "lift20": _figure(measures.lift[20]),
        "base_rate": _figure(tried.base_rate),
        "calibration": calibration_of(tried.yes, tried.chance),
    }


def ece_by_chance(chance: Floats, *, seed: int = 1) -> float:
    """The calibration error that these chances would show if each were true: the fewer cases, the larger."""
    dice = np.random.default_rng(seed)
    drawn = (dice.random(len(chance)) < chance for _round in range(_DRAWS))
    return float(np.mean([expected_calibration_error(yes, chance) for yes in drawn]))


def calibration_of(yes: Booleans, chance: Floats) -> list[dict[str, float]]:
    """What was promised and what came, in tenths of the chance; tenths without cases are left out."""
    bins = np.minimum((chance * BINS).astype(int), BINS - 1)
    found = []
    for number in range(BINS):
        rows = bins == number
        if rows.any():
            came = float(yes[rows].mean())
            found.append(
                {"from": number / BINS, "n": int(rows.sum()), "promised": float(chance[rows].mean()), "came": came}
            )
    return found


def _figure(number: float) -> float | None:
    return None if number != number else round(number, 5)  # noqa: PLR0124 - only what is no number differs
