"""Spans of days named from today: "this month", "last quarter", "next 30 days"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rapport.core.clock import today

_DAYS = re.compile(r"(last|next)_(\d{1,4})_days")
_OFFSET = re.compile(r"today(?:([+-])(\d{1,5}))?")


@dataclass(frozen=True)
class Span:
    """From the first to the last day, both included."""

    first: date
    last: date


def _month(day: date, shift: int) -> Span:
    return _months(day.replace(day=1), shift, 1)


def _quarter(day: date, shift: int) -> Span:
    return _months(day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1), shift * 3, 3)


def _year(day: date, shift: int) -> Span:
    return _months(day.replace(month=1, day=1), shift * 12, 12)


def _months(first: date, shift: int, length: int) -> Span:
    start = _plus_months(first, shift)
    return Span(start, _plus_months(start, length) - timedelta(days=1))


def _plus_months(first: date, count: int) -> date:
    months = first.year * 12 + first.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def _week(day: date, shift: int) -> Span:
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=shift)
    return Span(monday, monday + timedelta(days=6))


def _day(day: date, shift: int) -> Span:
    return Span(day + timedelta(days=shift), day + timedelta(days=shift))


_NAMED: dict[str, tuple[str | Promise, Callable[[date, int], Span], int]] = {
    "today": (gettext_lazy("today"), _day, 0),
    "yesterday": (gettext_lazy("yesterday"), _day, -1),
    "tomorrow": (gettext_lazy("tomorrow"), _day, 1),
    "this_week": (gettext_lazy("this week"), _week, 0),
    "last_week": (gettext_lazy("last week"), _week, -1),
    "next_week": (gettext_lazy("next week"), _week, 1),
    "this_month": (gettext_lazy("this month"), _month, 0),
    "last_month": (gettext_lazy("last month"), _month, -1),
    "next_month": (gettext_lazy("next month"), _month, 1),
    "this_quarter": (gettext_lazy("this quarter"), _quarter, 0),
    "last_quarter": (gettext_lazy("last quarter"), _quarter, -1),
    "next_quarter": (gettext_lazy("next quarter"), _quarter, 1),
    "this_year": (gettext_lazy("this year"), _year, 0),
    "last_year": (gettext_lazy("last year"), _year, -1),
    "next_year": (gettext_lazy("next year"), _year, 1),
}
_USUAL_SPANS = ("last_7_days", "last_30_days", "last_90_days", "next_7_days", "next_30_days", "next_90_days")


def span_of(key: str) -> Span | None:
    """The span that a period's key names today; None when there is no such period."""
    if key in _NAMED:
        _label, build, shift = _NAMED[key]
        return build(today(), shift)
    match = _DAYS.fullmatch(key)
    if match is None:
        return None
    days = timedelta(days=int(match[2]))
    return Span(today() - days, today()) if match[1] == "last" else Span(today(), today() + days)


def period_label(key: str) -> str:
    """The period in words, or the key itself when there is no such period."""
    if key in _NAMED:
        return str(_NAMED[key][0])
    match = _DAYS.fullmatch(key)
    if match is None:
        return key
    count = int(match[2])
    if match[1] == "last":
        return ngettext("the last %(count)d day", "the last %(count)d days", count) % {"count": count}
    return ngettext("the next %(count)d day", "the next %(count)d days", count) % {"count": count}


def offered_periods() -> dict[str, str]:
    """The periods to choose from: key → words."""
    return {key: period_label(key) for key in (*_NAMED, *_USUAL_SPANS)}


def day_from_today(text: str) -> date | None:
    """The day that "today", "today+14" or "today-30" means; None when the text is none of these."""
    match = _OFFSET.fullmatch(text)
    if match is None:
        return None
    days = int(match[2] or 0)
    return today() + timedelta(days=-days if match[1] == "-" else days)


def day_label(text: str) -> str:
    """ "today+14" in words."""
    match = _OFFSET.fullmatch(text)
    if match is None or not match[2]:
        return _("today")
    count = int(match[2])
    if match[1] == "-":
        return ngettext("%(count)d day ago", "%(count)d days ago", count) % {"count": count}
    return ngettext("in %(count)d day", "in %(count)d days", count) % {"count": count}
