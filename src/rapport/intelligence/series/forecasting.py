"""What the combination foresees from an origin, given how forecasters did at earlier ones."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .candidates import all_forecasts
from .combining import Flags, Mixture, Past, combined, mixture_of, wape, weights_of
from .following import followed
from .intervals import LEVELS, Made, Spread
from .panel import Panel
from .smoothing import Floats
from .totals import Totals, reconciled, totals_of

ADDED_UP, RECONCILED = "added up", "reconciled"


@dataclass(frozen=True)
class Trial:
    """All forecasters' forecasts from one origin, of the series and then the totals, and what came.

    `origin`: after how many periods; `young`: the series that had less than two seasons behind them.
    """

    origin: int
    series: dict[str, Floats]
    sums: dict[str, Floats]
    came: Floats
    sums_came: Floats
    young: Flags

    @property
    def past(self) -> Past:
        """What a mixture is chosen by."""
        return self.series, self.came, self.young

    def mixed(self, mixture: Mixture) -> Floats:
        """What a mixture foresees of the series from here."""
        return mixture.of(self.series, self.young)


@dataclass(frozen=True)
class Foreseen:
    """What the combination says of series and totals, shape (…, horizon); the totals are the sums of the series."""

    series: Floats
    sums: Floats
    mixture: Mixture
    way: str


@dataclass(frozen=True)
class Forecast:
    """The coming periods: `days` are their first days; ends of intervals by level, for series and for totals."""

    names: tuple[str, ...]
    days: tuple[str, ...]
    expected: Floats
    low: dict[int, Floats]
    high: dict[int, Floats]


def trial_at(panel: Panel, totals: Totals, origin: int, horizon: int, *, seed: int = 1) -> Trial:
    """Foresee from the first `origin` periods; what came is NaN beyond the end."""
    known = panel.until(origin)
    every = all_forecasts(np.vstack([known, totals.of(known)]), panel.frequency.season, horizon, seed=seed)
    came = np.full((len(panel.names), horizon), np.nan)
    there = panel.values[:, origin : origin + horizon]
    came[:, : there.shape[1]] = there
    told = (~np.isnan(known)).sum(axis=1)
    came[told == 0] = np.nan
    series = {name: one[: len(came)] for name, one in every.items()}
    sums = {name: one[len(came) :] for name, one in every.items()}
    young = (told < 2 * panel.frequency.season) & (panel.frequency.season > 1)
    return Trial(origin, series, sums, came, totals.of(came), young)


def foreseen_by(trial: Trial, earlier: Sequence[Trial], totals: Totals) -> Foreseen:
    """Combine by weights from earlier trials; series are drawn towards the totals where that helped there."""
    mixture = mixture_of([one.past for one in earlier])
    series = trial.mixed(mixture)
    if not len(totals.names) or not earlier:
        return Foreseen(series, totals.holds @ series, mixture, ADDED_UP)
    sums_weights = weights_of([(one.sums, one.sums_came) for one in earlier])
    errors = _squared([(one.mixed(mixture), one.came) for one in earlier])
    sums_errors = _squared([(combined(one.sums, sums_weights), one.sums_came) for one in earlier])

    def drawn(one: Trial) -> Floats:
        sums = combined(one.sums, sums_weights)
        return reconciled(one.mixed(mixture), sums, totals, errors, sums_errors)

    if np.mean([_gain(one, one.mixed(mixture), drawn(one), totals) for one in earlier]) > 0:
        moved = drawn(trial)
        return Foreseen(moved, totals.holds @ moved, mixture, RECONCILED)
    return Foreseen(series, totals.holds @ series, mixture, ADDED_UP)


def _gain(trial: Trial, before: Floats, after: Floats, totals: Totals) -> float:
    """How much less error the second has than the first, over series and totals alike."""
    series = wape(before, trial.came) - wape(after, trial.came)
    return series + wape(totals.holds @ before, trial.sums_came) - wape(totals.holds @ after, trial.sums_came)


def _squared(trials: Sequence[tuple[Floats, Floats]]) -> Floats:
    squares = np.array([(foreseen - came) ** 2 for foreseen, came in trials])
    known = ~np.isnan(squares)
    return np.asarray(np.where(known, squares, 0).sum(axis=(0, 2)) / np.maximum(known.sum(axis=(0, 2)), 1))


def forecast(panel: Panel, horizon: int, trials: Sequence[Trial], *, seed: int = 1) -> Forecast:
    """The periods after the last; `trials` are those of a back-test, the newest first."""
    totals = totals_of(panel.names)
    length = panel.values.shape[1]
    found = foreseen_by(trial_at(panel, totals, length, horizon, seed=seed), trials, totals)
    past = list(zip(walked(trials, totals), trials, strict=True))
    spreads = [followed([Made(trial.origin, one.series, trial.came) for one, trial in past])]
    if totals.names:
        spreads.append(followed([Made(trial.origin, one.sums, trial.sums_came) for one, trial in past]))
    parts = [found.series, found.sums] if totals.names else [found.series]
    floors = [np.nanmin(rows, axis=1) >= 0 for rows in (panel.values, totals.of(panel.values))]
    ends = {level: [_ends(*one, level) for one in zip(parts, spreads, floors, strict=False)] for level in LEVELS}
    return Forecast(
        (*panel.names, *totals.names),
        tuple(panel.days(list(range(length, length + horizon)))),
        np.vstack(parts),
        {level: np.vstack([low for low, _high in both]) for level, both in ends.items()},
        {level: np.vstack([high for _low, high in both]) for level, both in ends.items()},
    )


def walked(trials: Sequence[Trial], totals: Totals) -> list[Foreseen]:
    """What would have been foreseen at each origin, from what was known by then; the newest first."""
    return [foreseen_by(trial, known_by(trials, trial), totals) for trial in trials]


def known_by(trials: Sequence[Trial], now: Trial) -> list[Trial]:
    """Those of which all was known at the origin of another."""
    return [one for one in trials if one.origin + one.came.shape[1] <= now.origin]


def _ends(expected: Floats, spread: Spread | None, never_below: Floats, level: int) -> tuple[Floats, Floats]:
    if spread is None:
        nothing = np.full(expected.shape, np.nan)
        return nothing, nothing
    low, high = spread.around(expected, level)
    return np.where(never_below[:, None], np.maximum(low, 0), low), high
