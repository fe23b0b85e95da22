"""Dates and times."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, ClassVar

from django.utils import formats, timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from .base import Domain, ValueProblem, text_of

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_TIME = re.compile(r"(\d{1,2})(?:[:h.](\d{2})?(?::\d{2})?)?")
_FORMATS = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%Y%m%d")
_FIRST_YEAR, _LAST_YEAR = 1000, 2200


def read_date(raw: object, *, day_first: bool | None = None) -> date | None:
    """The date in a text: ISO 8601, numeric with the year last, or with a month's English name.

    A numeric date such as 03/04/2025 can be read two ways; `day_first` says which (an import learns it
    from the whole column). Without it such a date is refused rather than guessed.
    """
    if isinstance(raw, date):
        return _near(raw.date() if isinstance(raw, datetime) else raw)
    text = text_of(raw)
    if not text:
        return None
    found = _iso(text) or _numeric(text, day_first=day_first) or _named(text)
    if found is None or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise ValueProblem(_("“%(text)s” is not a date. Write it like 2026-03-31.") % {"text": text[:60]})
    return found


def _near(day: date) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueProblem(_("“%(text)s” is too far from today.") % {"text": day.isoformat()})
    return day


def _iso(text: str) -> date | None:
    match = _ISO.fullmatch(text[:10].strip()) if len(text) <= 10 or text[10] in "T " else None
    return _date(int(match[1]), int(match[2]), int(match[3])) if match else None


def _numeric(text: str, *, day_first: bool | None) -> date | None:
    match = _NUMERIC.fullmatch(text)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    if day_first is None and first <= 12 and second <= 12 and first != second:
        message = _("“%(text)s” can be read two ways. Write it like 2026-03-31.") % {"text": text}
        raise ValueProblem(message)
    day_leads = first > 12 if day_first is None else day_first
    return _date(year, second, first) if day_leads else _date(year, first, second)


def _named(text: str) -> date | None:
    for pattern in _FORMATS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - only the day is kept
        except ValueError:
            continue
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@dataclass(frozen=True)
class Date(Domain):
    """A calendar day."""

    kind: ClassVar[str] = "date"
    standard: ClassVar[str] = "ISO 8601"
    day_first: bool | None = None

    def parse(self, raw: object) -> date | None:
        """The day."""
        return read_date(raw, day_first=self.day_first)

    def display(self, value: Any) -> str:
        """The day as the active language writes it."""
        return "" if value is None else str(formats.date_format(value, "SHORT_DATE_FORMAT"))


@dataclass(frozen=True)
class TimeOfDay(Domain):
    """A time of the day, to the minute, in no zone in particular."""

    kind: ClassVar[str] = "time"
    standard: ClassVar[str] = "ISO 8601"

    def parse(self, raw: object) -> time | None:
        """The time in a text such as "9:30", "9h30" or "17:05"."""
        if isinstance(raw, time):
            return raw.replace(second=0, microsecond=0, tzinfo=None)
        text = text_of(raw)
        if not text:
            return None
        match = _TIME.fullmatch(text.lower())
        hour, minute = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
        if hour > 23 or minute > 59:
            raise ValueProblem(_("“%(text)s” is not a time. Write it like 17:05.") % {"text": text[:60]})
        return time(hour, minute)

    def display(self, value: Any) -> str:
        """Hours and minutes."""
        return "" if value is None else f"{value:%H:%M}"

    def export(self, value: Any) -> str:
        """Hours and minutes."""
        return self.display(value)


@dataclass(frozen=True)
class DateTime(Domain):
    """A moment; without an offset it is meant in the active time zone."""

    kind: ClassVar[str] = "datetime"
    standard: ClassVar[str] = "ISO 8601"
    day_first: bool | None = None

    def parse(self, raw: object) -> datetime | None:
        """The moment, aware."""
        if isinstance(raw, datetime):
            _near(raw.date())
            return raw if timezone.is_aware(raw) else timezone.make_aware(raw)
        text = text_of(raw)
        moment = _moment(text)
        if moment is None:
            day = read_date(raw, day_first=self.day_first)
            return timezone.make_aware(datetime.combine(day, time())) if day else None
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)

    def display(self, value: Any) -> str:
        """The moment in the active time zone, as the active language writes it."""
        if value is None:
            return ""
        return str(formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT"))

    def export(self, value: Any) -> str:
        """ISO 8601 in UTC."""
        return "" if value is None else value.astimezone(UTC).isoformat()


def _moment(text: str) -> datetime | None:
    """In UTC when an offset is told: PostgreSQL takes none beyond fifteen hours."""
    try:
        moment = parse_datetime(text)
        if moment is not None and timezone.is_aware(moment):
            moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueProblem(_("“%(text)s” is not a moment in time.") % {"text": text[:60]}) from None
    if moment is not None and not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueProblem(_("“%(text)s” is too far from today.") % {"text": text[:60]})
    return moment
