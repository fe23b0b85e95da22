"""Dates: that the day exists, that it is not far off, and which of two readings was meant."""

import re
from datetime import date

from django.utils.translation import gettext as _

from rapport.core.clock import today
from rapport.governance.domains import Date, ValueProblem

from .verdict import Context, Verdict, bad, doubtful, good

_NUMBERS = re.compile(r"^(\d{1,2})[./\s-](\d{1,2})[./\s-](\d{2}|\d{4})$")
_MONTH_FIRST = frozenset({"US", "PH"})
_EARLIEST, _YEARS_AHEAD = 1900, 30


def check_date(value: str, context: Context) -> Verdict:
    """Judge a day; the proposal is in ISO 8601."""
    numbers = _NUMBERS.match(value)
    if numbers:
        return _of_numbers(value, [int(part) for part in numbers.groups()], context)
    try:
        day = Date().parse(value)
    except ValueProblem as problem:
        return bad(str(problem), confidence=0.97)
    return _plausible(value, day) if day else bad(_("It is no date."), confidence=0.97)


def _of_numbers(value: str, numbers: list[int], context: Context) -> Verdict:
    first, second, year = numbers
    full = year + (2000 if year < 70 else 1900) if year < 100 else year
    readings = {"day": _day(full, second, first), "month": _day(full, first, second)}
    possible = {day for day in readings.values() if day is not None}
    if not possible:
        return bad(_("There is no such day."), confidence=0.99)
    if len(possible) == 1:
        return _plausible(value, possible.pop())
    if not context.country:
        return doubtful(_("Day and month may be swapped: it can be read in two ways."), confidence=0.95)
    day = readings["month" if context.country in _MONTH_FIRST else "day"]
    return _plausible(value, day) if day else bad(_("There is no such day."), confidence=0.99)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _plausible(value: str, day: date) -> Verdict:
    if day.year < _EARLIEST or day.year > today().year + _YEARS_AHEAD:
        return doubtful(_("%(year)s is far off.") % {"year": day.year}, day.isoformat(), confidence=0.6)
    return good(value, day.isoformat(), _("The day exists."))
