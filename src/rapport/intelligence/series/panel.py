"""Lines of a table as a panel: one row a series, one column a period, in whatever order and with gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from rapport.core.problems import Problem

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

_FEWEST_PERIODS = 8
_MOST_PERIODS = 6_000
_FEW_GAPS = 0.2
_USUAL = 0.95
_USUAL_STEP = 0.2
_LONGEST_STEP = 1.5 * 365.25


class NothingToLearn(Problem):
    """The table has too little for what is asked."""


class Frequency(StrEnum):
    """How long a period is."""

    DAY = "day"
    WORKDAY = "workday"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def season(self) -> int:
        """After how many periods things come back."""
        return _SEASONS[self]


_SEASONS = {
    Frequency.DAY: 7,
    Frequency.WORKDAY: 5,
    Frequency.WEEK: 52,
    Frequency.MONTH: 12,
    Frequency.QUARTER: 4,
    Frequency.YEAR: 1,
}
_LONG = (Frequency.WEEK, Frequency.MONTH, Frequency.QUARTER, Frequency.YEAR)
_MONTHS = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: 12}


@dataclass(frozen=True)
class Panel:
    """`values` of shape (series, periods), NaN before a series begins; `first` numbers the first period.

    `anchor` is the day on which weeks begin. `filled` gaps were closed: with 0 where a series often has nothing, else
    in between; what a series doesn't have at the end is 0.
    """

    names: tuple[str, ...]
    values: Floats
    frequency: Frequency
    first: int
    anchor: int
    lines_left_out: int
    filled: int
    is_last_left_out: bool = False
    """Whether the lines of the newest period were left out, as it isn't over yet."""

    def until(self, periods: int) -> Floats:
        """The values of the first so many periods."""
        return self.values[:, :periods]

    def days(self, periods: Sequence[int]) -> list[str]:
        """The first day of periods, counted from the first of the panel, as ISO dates."""
        numbers = np.asarray(periods) + self.first
        if self.frequency in _MONTHS:
            months = numbers * _MONTHS[self.frequency]
            return [str(np.datetime64("1970-01", "M") + int(month)) + "-01" for month in months]
        if self.frequency is Frequency.WORKDAY:
            return [str(np.busday_offset("1970-01-01", int(day), roll="forward")) for day in numbers]
        step = 7 if self.frequency is Frequency.WEEK else 1
        return [str(np.datetime64("1970-01-01") + int(number) * step + self.anchor) for number in numbers]


def panel_of(days: Floats, values: Floats, names: Sequence[str], *, frequency: Frequency | None = None) -> Panel:
    """Lines of one period and series are summed; those without day or value are left out. Raises `NothingToLearn`."""
    told = ~np.isnan(days) & ~np.isnan(values)
    day = np.floor(days[told]).astype(np.int64)
    if not len(day):
        raise NothingToLearn("No line has both a date and a number. Check the names of the columns.")
    found = frequency or frequency_of(day)
    anchor = int(np.bincount((day - 4) % 7).argmax()) + 4 if found is Frequency.WEEK else 0
    period = _periods(day, found, anchor)
    unfinished = found in _LONG and _is_unfinished(day, period, found, anchor)
    if unfinished:
        told[np.flatnonzero(told)[period == period.max()]] = False
        period = period[period < period.max()]
    series, row = np.unique([names[line] for line in np.flatnonzero(told).tolist()], return_inverse=True)
    first, length = int(period.min()), int(period.max() - period.min()) + 1
    _demand_enough(length, found)
    whole = np.zeros((len(series), length))
    np.add.at(whole, (row, period - first), values[told])
    known = np.zeros(whole.shape, dtype=bool)
    known[row, period - first] = True
    filled, gaps = _without_gaps(whole, known)
    return Panel(
        tuple(str(name) for name in series), filled, found, first, anchor, int((~told).sum()), gaps, unfinished
    )


def frequency_of(day: Whole) -> Frequency:
    """Told by the calendar, where all days are the same of their months or weeks; else by the usual step from one day
    with values to the next."""
    different = np.unique(day)
    if len(different) < 2:
        raise NothingToLearn("All lines have the same date; a forecast needs many periods.")
    if regular := _by_calendar(different):
        return regular
    step = float(np.median(np.diff(different)))
    if step <= 3:
        weekend = ((different + 3) % 7 >= 5).mean()
        return Frequency.WORKDAY if weekend < 0.02 and len(different) > 10 else Frequency.DAY
    for frequency, longest in ((Frequency.WEEK, 10), (Frequency.MONTH, 45), (Frequency.QUARTER, 135)):
        if step <= longest:
            return frequency
    if step > _LONGEST_STEP:
        raise NothingToLearn(
            f"The dates lie about {step / 365.25:.0f} years apart; the longest period that is foreseen is a year."
        )
    return Frequency.YEAR


def _by_calendar(different: Whole) -> Frequency | None:
    """The shortest period of which a fair part of the steps are, so that gaps don't make months quarters."""
    dates = different.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    places, ends = (dates - months).astype(np.int64), (months + 1 - dates).astype(np.int64)
    if np.ptp(places) == 0 or np.ptp(ends) == 0:
        steps = np.diff(months.astype(np.int64))
        found = [one for one, length in _MONTHS.items() if (steps == length).mean() >= _USUAL_STEP]
        return found[0] if found else None
    is_weekly = np.ptp(different % 7) == 0 and (np.diff(different) == 7).mean() >= _USUAL_STEP
    return Frequency.WEEK if is_weekly else None


def _periods(day: Whole, frequency: Frequency, anchor: int) -> Whole:
    if frequency in _MONTHS:
        months = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        return np.asarray(months // _MONTHS[frequency])
    if frequency is Frequency.WORKDAY:
        dates = day.astype("datetime64[D]")
        return np.asarray(np.busday_count(np.datetime64("1970-01-01"), dates), dtype=np.int64)
    return (day - anchor) // (7 if frequency is Frequency.WEEK else 1)


def _is_unfinished(day: Whole, period: Whole, frequency: Frequency, anchor: int) -> bool:
    """Whether the newest period isn't over yet: its lines end longer before its last day than those of others did."""
    different, where = np.unique(period, return_inverse=True)
    if len(different) <= _FEWEST_PERIODS:
        return False
    latest = np.full(len(different), np.iinfo(np.int64).min)
    np.maximum.at(latest, where, day)
    left = _first_days(different + 1, frequency, anchor) - latest
    return bool(left[-1] > np.quantile(left[:-1], _USUAL, method="higher"))


def _first_days(period: Whole, frequency: Frequency, anchor: int) -> Whole:
    if frequency in _MONTHS:
        months = (period * _MONTHS[frequency]).astype("datetime64[M]")
        return months.astype("datetime64[D]").astype(np.int64)
    return period * 7 + anchor if frequency is Frequency.WEEK else np.zeros_like(period)


def _demand_enough(length: int, frequency: Frequency) -> None:
    if length < _FEWEST_PERIODS:
        raise NothingToLearn(
            f"There are only {length} periods of a {frequency}; at least {_FEWEST_PERIODS} are needed. "
            "Bring a longer history, or say a shorter --frequency."
        )
    if length > _MOST_PERIODS:
        raise NothingToLearn(f"There are {length} periods of a {frequency}. Say a longer --frequency, such as month.")


def _without_gaps(whole: Floats, known: NDArray[np.bool_]) -> tuple[Floats, int]:
    filled, gaps = whole.copy(), 0
    times = np.arange(whole.shape[1])
    for row, there in enumerate(known):
        first, last = times[there][0], times[there][-1]
        missing = ~there[first:]
        gaps += int(missing.sum())
        if missing.any() and missing.mean() <= _FEW_GAPS:
            inside = times[first : last + 1]
            filled[row, first : last + 1] = np.interp(inside, times[there], whole[row, there])
        filled[row, :first] = np.nan
    return filled, gaps
