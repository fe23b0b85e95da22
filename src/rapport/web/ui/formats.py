"""Numbers, money and dates as people of the current language write them."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton, format_time, format_timedelta
from babel.numbers import format_compact_currency, format_currency, format_decimal, format_percent
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

# The country decides between 22/11 and 11/22: the one whose habits readers of that language expect of us.
LOCALES = {"en": "en_GB", "fr": "fr_FR", "pt": "pt_PT"}

Number = int | float | Decimal

DAY = "d MMM y"
_CENTS_MATTER = 100
_MONTH, _MINUTE = dt.timedelta(days=30), dt.timedelta(minutes=1)


def current_locale() -> str:
    """Babel's name for the language of this request."""
    return _locale(get_language() or "en")


@cache
def _locale(language: str) -> str:
    return LOCALES.get(language.split("-", maxsplit=1)[0], "en_GB")


def number(value: Number, *, decimals: int | None = None) -> str:
    """`12,480` - with just the decimals it has, or as many as asked for."""
    return _number(value, decimals, current_locale())


@lru_cache(maxsize=4096, typed=True)
def _number(value: Number, decimals: int | None, locale: str) -> str:
    pattern = None if decimals is None else "#,##0." + "0" * decimals if decimals else "#,##0"
    return _signed(format_decimal(value, format=pattern, locale=locale))


def percent(value: Number, *, decimals: int = 0) -> str:
    """`42%` for 0.42."""
    return _percent(value, decimals, current_locale())


@lru_cache(maxsize=4096)
def _percent(value: Number, decimals: int, locale: str) -> str:
    usual = Locale.parse(locale).percent_formats[None].pattern  # `#,##0%`, in French with a space before the sign
    pattern = usual.replace("0", "0." + "0" * decimals) if decimals else None
    return _signed(format_percent(value, format=pattern, locale=locale))


def hundredths(value: Number) -> str:
    """`42%` for 42; with the decimals it has."""
    exact = Decimal(str(value))
    return percent(exact / 100, decimals=len(f"{exact.normalize():f}".partition(".")[2]))


def money(amount: Number, currency: str, *, compact: bool = False) -> str:
    """`€12,480.50`; whole amounts without decimals; `€12K` and `€8,928` when compact. Never without its currency."""
    return _money(amount, currency, current_locale(), compact)


@lru_cache(maxsize=4096)
def _money(amount: Number, currency: str, locale: str, compact: bool) -> str:  # noqa: FBT001 - a cache key
    if compact and not -10_000 < amount < 10_000:
        return _signed(format_compact_currency(amount, currency, locale=locale, fraction_digits=1))
    if compact and not -_CENTS_MATTER < amount < _CENTS_MATTER:
        amount = round(amount)
    if amount != int(amount):
        return _signed(format_currency(amount, currency, locale=locale))
    pattern = Locale.parse(locale).currency_formats["standard"].pattern.replace("0.00", "0")
    return _signed(format_currency(amount, currency, format=pattern, locale=locale, currency_digits=False))


def _signed(text: str) -> str:
    """With a true minus instead of a hyphen, as broad as a plus."""
    return text.replace("-", "−")


def day(value: dt.date, *, style: str = DAY) -> str:
    """`22 Nov 2026`, in the time zone of the reader."""
    return _day(_local(value), style, current_locale())


@lru_cache(maxsize=4096)
def _day(value: dt.date, style: str, locale: str) -> str:
    return format_date(value, format=style, locale=locale)


def moment(value: dt.datetime) -> str:
    """`22 Nov 2026, 14:05`."""
    return reader().moment(value)


@lru_cache(maxsize=4096)
def _moment(value: dt.date, locale: str) -> str:
    return format_datetime(value, format="d MMM y, HH:mm", locale=locale)


def clock(value: dt.datetime) -> str:
    """`14:05`."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return _clock(local.time().replace(second=0, microsecond=0), current_locale())


@lru_cache(maxsize=4096)
def _clock(value: dt.time, locale: str) -> str:
    return format_time(value, format="short", locale=locale)


def ago(value: dt.datetime) -> str:
    """`3 hours ago`, `in 2 days`; after a month the day itself says more."""
    return reader().ago(value)


@dataclass(frozen=True)
class Reader:
    """How somebody reads dates and numbers, and when: looked up once for the hundreds of values of a page."""

    locale: str
    zone: dt.tzinfo
    now: dt.datetime

    def day(self, value: dt.date) -> str:
        """`22 Nov 2026`."""
        return _day(self._local(value), DAY, self.locale)

    def moment(self, value: dt.datetime) -> str:
        """`22 Nov 2026, 14:05`."""
        return _moment(self._local(value), self.locale)

    def ago(self, value: dt.datetime) -> str:
        """`3 hours ago`, `in 2 days`; after a month the day itself says more."""
        distance = value - self.now
        if abs(distance) > _MONTH:
            return self.day(value)
        if abs(distance) < _MINUTE:
            return _("just now")
        minutes = dt.timedelta(minutes=round(distance.total_seconds() / 60))  # so that few differ and can be kept
        return _distance(minutes, "minute", 1.2, self.locale)

    def number(self, value: Number) -> str:
        """`12,480`."""
        return _number(value, None, self.locale)

    def percent(self, value: Number) -> str:
        """`42%` for 0.42."""
        return _percent(value, 0, self.locale)

    def money(self, amount: Number, currency: str, *, compact: bool = False) -> str:
        """`€12,480.50`; `€12K` when compact."""
        return _money(amount, currency, self.locale, compact)

    @cached_property
    def today(self) -> dt.date:
        """The day it is for the reader."""
        return self.now.astimezone(self.zone).date()

    def nearby_day(self, value: dt.date) -> str:
        """`today`, `tomorrow`, `3 days ago`; after a week the day itself says more."""
        local = self._local(value)
        distance = ((local.date() if isinstance(local, dt.datetime) else local) - self.today).days
        if abs(distance) > 7:
            return self.day(value)
        named = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}.get(distance) if abs(distance) < 2 else None
        return named or _distance(dt.timedelta(days=distance), "day", 100, self.locale)

    def _local(self, value: dt.date) -> dt.date:
        return value.astimezone(self.zone) if isinstance(value, dt.datetime) and value.tzinfo else value


def reader() -> Reader:
    """Who reads now: in the language and time zone of this request."""
    return Reader(current_locale(), timezone.get_current_timezone(), timezone.now())


def duration(value: dt.timedelta) -> str:
    """`3 minutes`, `2 hours`."""
    return format_timedelta(value, granularity="second", locale=current_locale())


@lru_cache(maxsize=4096)
def _distance(distance: dt.timedelta, granularity: Literal["day", "minute"], threshold: float, locale: str) -> str:
    return format_timedelta(distance, granularity=granularity, add_direction=True, locale=locale, threshold=threshold)


def month(value: dt.date) -> str:
    """`November 2026`, in Portuguese `novembro de 2026`."""
    return format_skeleton("yMMMM", value, locale=current_locale())


def nearby_day(value: dt.date) -> str:
    """`today`, `tomorrow`, `3 days ago`; after a week the day itself says more."""
    return reader().nearby_day(value)


def _local(value: dt.date) -> dt.date:
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value
