"""Months and quarters, as they are asked for."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from rapport.core.clock import today

_MONTH, _QUARTER = re.compile(r"(\d{4})-(0[1-9]|1[0-2])"), re.compile(r"(\d{4})-Q([1-4])")


@dataclass(frozen=True)
class Period:
    """From one day to another, both in it; `key` is "2026-11" or "2026-Q4"."""

    key: str
    start: date
    end: date

    @property
    def is_quarter(self) -> bool:
        """Whether it is a quarter rather than a month."""
        return "Q" in self.key

    @property
    def quarter(self) -> int:
        """The number of the quarter it begins in."""
        return (self.start.month + 2) // 3

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and self.start <= day <= self.end


def month_of(day: date) -> Period:
    """The month of a day."""
    return _period(f"{day:%Y-%m}", day.year, day.month, months=1)


def quarter_of(day: date) -> Period:
    """The quarter of a day."""
    number = (day.month + 2) // 3
    return _period(f"{day.year}-Q{number}", day.year, 3 * number - 2, months=3)


def period_named(key: str) -> Period | None:
    """The period of a key; None for anything else."""
    if found := _MONTH.fullmatch(key):
        return month_of(date(int(found[1]), int(found[2]), 1)) if int(found[1]) else None
    if found := _QUARTER.fullmatch(key):
        return quarter_of(date(int(found[1]), 3 * int(found[2]), 1)) if int(found[1]) else None
    return None


def coming_periods() -> list[Period]:
    """This and the next quarter, this and the next five months."""
    this = quarter_of(today())
    months = [month_of(today())]
    while len(months) < 6:
        months.append(month_of(months[-1].end + timedelta(days=1)))
    return [this, quarter_of(this.end + timedelta(days=1)), *months]


def _period(key: str, year: int, month: int, *, months: int) -> Period:
    last = month + months - 1
    return Period(key, date(year, month, 1), date(year, last, monthrange(year, last)[1]))
