"""Months to come of all series together, the weeks and quarters in them, and how such forecasts did before."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rapport.intelligence.series.candidates import SEASONAL_NAIVE
from rapport.intelligence.series.forecasting import Trial, foreseen_by, trial_at
from rapport.intelligence.series.panel import Frequency, Panel
from rapport.intelligence.series.totals import Totals

from .coherence import coherent, constraints
from .intervals import half_widths
from .spreading import by_quarter, by_week, months_from, profile_of, weeks_from

Floats = NDArray[np.float64]

MONTHS_AHEAD, FEWEST_MONTHS, MOST_LOOKS = 6, 24, 12
FEWEST_LOOKS = {80: 4, 95: 8}
"""Intervals are told where so many earlier forecasts stand behind them."""
KINDS = ("months", "weeks", "quarters")


@dataclass(frozen=True)
class Days:
    """What was won on each day, shape (series, days), from the first of a month to the last of one; the first series
    is all together. `dimensions` says which series add up."""

    first: date
    values: Floats
    dimensions: tuple[str, ...]

    @cached_property
    def all(self) -> list[date]:
        """Every day."""
        return [self.first + timedelta(days=step) for step in range(self.values.shape[1])]

    @cached_property
    def digest(self) -> str:
        """What tells these sales from others: the same sales are foretold the same."""
        told = hashlib.sha256(f"{self.first} {self.dimensions} {self.values.shape}".encode())
        told.update(np.ascontiguousarray(self.values).tobytes())
        return told.hexdigest()[:32]

    @cached_property
    def starts(self) -> list[int]:
        """The place of each month's first day, and the end."""
        return [*(place for place, day in enumerate(self.all) if day.day == 1), len(self.all)]

    @cached_property
    def months(self) -> Floats:
        """The sums by month."""
        return np.add.reduceat(self.values, self.starts[:-1], axis=1)

    @cached_property
    def panel(self) -> Panel:
        """The months as the forecasters read them; nothing before a series begins."""
        begun = np.cumsum(self.months, axis=1) > 0
        values = np.where(begun, self.months, np.nan)
        first = (self.first.year - 1970) * 12 + self.first.month - 1
        return Panel(tuple(map(str, range(len(values)))), values, Frequency.MONTH, first, 0, 0, 0)


@dataclass(frozen=True)
class Look:
    """A forecast made after so many months, by kind of period, shape (series, periods); `naive`: a year ago, months."""

    origin: int
    foreseen: dict[str, Floats]
    naive: Floats


@dataclass(frozen=True)
class Foretold:
    """The coming months, weeks and quarters, and earlier looks, the newest first."""

    days: Days
    coming: Look
    looks: tuple[Look, ...]

    def with_sums(self, parts: Sequence[Sequence[int]]) -> "Foretold":
        """The same with a series more for each sum of some of them, which stand at these places."""

        def longer(values: Floats) -> Floats:
            return np.vstack([values, *(values[list(places)].sum(axis=0) for places in parts)])

        def of_sums(look: Look) -> Look:
            return Look(look.origin, {kind: longer(look.foreseen[kind]) for kind in KINDS}, longer(look.naive))

        dimensions = (*self.days.dimensions, *("sum" for _places in parts))
        days = replace(self.days, values=longer(self.days.values), dimensions=dimensions)
        return Foretold(days, of_sums(self.coming), tuple(map(of_sums, self.looks)))

    def came(self, look: Look, kind: str, *, until: int | None = None) -> Floats:
        """What came in the periods of a look, as known after so many months; NaN where it was not over."""
        return _came(self.days, look.origin, kind, until or self.days.months.shape[1])

    def ends(self, kind: str, level: int, *, place: int = -1) -> tuple[Floats, Floats] | None:
        """The ends of the intervals of the coming periods, or of a look, from looks before it; None for too few."""
        look, earlier = self.coming if place < 0 else self.looks[place], self.looks[place + 1 :]
        if len(earlier) < FEWEST_LOOKS[level]:
            return None
        known = [(one.foreseen[kind], self.came(one, kind, until=look.origin)) for one in earlier]
        half = half_widths(known, level)
        return np.maximum(look.foreseen[kind] - half, 0.0), look.foreseen[kind] + half

    def coverage(self, kind: str, level: int) -> tuple[float, int] | None:
        """Which share of what came lay within intervals made before it, and of how many; None for none."""
        hits: list[bool] = []
        for place, look in enumerate(self.looks):
            ends, came = self.ends(kind, level, place=place), self.came(look, kind)
            if ends is not None:
                hits += ((came >= ends[0]) & (came <= ends[1]))[~np.isnan(came)].tolist()
        return (float(np.mean(hits)), len(hits)) if hits else None


def foretell_all(days: Days) -> Foretold:
    """Foresee all series together; sums agree in each look, which knows only what was known then."""
    length, free = days.months.shape[1], Totals((), np.zeros((0, len(days.values))))
    origins = [length, *range(length - 1, max(FEWEST_MONTHS, length - MOST_LOOKS) - 1, -1)]
    trials = [trial_at(days.panel, free, origin, MONTHS_AHEAD) for origin in origins]
    raw: list[Floats] = []
    for place, origin in enumerate(origins):
        earlier = [_as_known(days, *one, origin) for one in zip(trials, origins, strict=True)][place + 1 :]
        raw.append(foreseen_by(trials[place], earlier, free).series)
    looks = [_look(days, place, origins, raw, trials[place]) for place in range(len(origins))]
    return Foretold(days, looks[0], tuple(looks[1:]))


def _as_known(days: Days, trial: Trial, origin: int, until: int) -> Trial:
    return replace(trial, came=_came(days, origin, "months", until))


def _look(days: Days, place: int, origins: Sequence[int], raw: Sequence[Floats], trial: Trial) -> Look:
    origin = origins[place]
    months = coherent(raw[place], _errors(days, place, origins, raw), constraints(days.dimensions))
    naive = trial.series[SEASONAL_NAIVE]
    return Look(origin, {kind: months @ _parts(days, origin, kind) for kind in KINDS}, naive)


def _errors(days: Days, place: int, origins: Sequence[int], raw: Sequence[Floats]) -> Floats:
    """The usual error of each series so far; the root of its size where nothing was foreseen before."""
    size = days.months[:, : origins[place]].mean(axis=1)
    earlier = range(place + 1, len(origins))
    if len(earlier) < FEWEST_LOOKS[80]:
        return np.asarray(np.sqrt(np.maximum(size, 0.0)))
    came = [_came(days, origins[one], "months", origins[place]) for one in earlier]
    errors = np.abs(np.array([raw[one] for one in earlier]) - np.array(came))
    return np.asarray(np.nanmean(errors, axis=(0, 2)) + 0.01 * size)


def _parts(days: Days, origin: int, kind: str) -> Floats:
    """Which part of each month to come falls into which period; weeks by the days of the two years before."""
    first = months_from(days.first, origin + 1)[-1]
    if kind == "quarters":
        return by_quarter(first, MONTHS_AHEAD)
    if kind == "months":
        return np.eye(MONTHS_AHEAD)
    known = days.starts[origin] if origin < len(days.starts) else len(days.all)
    return by_week(first, MONTHS_AHEAD, profile_of(days.all[:known], days.values[0, :known]))


def _came(days: Days, origin: int, kind: str, until: int) -> Floats:
    """What came in the periods after `origin` months, as far as they were over after `until`."""
    months = np.full((len(days.values), MONTHS_AHEAD), np.nan)
    there = days.months[:, origin : min(until, origin + MONTHS_AHEAD)]
    months[:, : there.shape[1]] = there
    if kind == "months":
        return months
    if kind == "quarters":
        parts = by_quarter(months_from(days.first, origin + 1)[-1], MONTHS_AHEAD)
        return np.where((np.isnan(months) @ parts) > 0, np.nan, np.nan_to_num(months) @ parts)
    return _weeks(days, origin, days.starts[until])


def _weeks(days: Days, origin: int, end: int) -> Floats:
    mondays = weeks_from(months_from(days.first, origin + 1)[-1])
    places = [(monday - days.first).days for monday in mondays]
    sums = [days.values[:, place : place + 7].sum(axis=1) if place + 7 <= end else np.nan for place in places]
    return np.array([np.broadcast_to(one, len(days.values)) for one in sums]).T
