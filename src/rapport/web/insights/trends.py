"""Trends: what rises and falls, the months and the records behind each value, and all of it as CSV."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from rapport.core.actors import Actor
from rapport.core.records import RECORD_TYPES
from rapport.insights.kept.keeping import ANEW, AT_ONCE
from rapport.insights.kept.question import Kept
from rapport.insights.trends.counting import Counted, records_of
from rapport.insights.trends.finding import Told, Trend
from rapport.insights.trends.kept import kept_trends
from rapport.insights.trends.topics import Topic, topics_for
from rapport.web.middleware import ActingRequest
from rapport.web.places import record_address
from rapport.web.ui import formats

from .anew import bring_up_to_date, shows_what_is_awaited
from .csv_files import csv_file, may_export, must_export
from .index import must_read
from .trend_words import Row, part_of

SHOWN_RECORDS = 200
_COLUMNS = (
    *("topic", "value", "verdict", "since", "earliest", "latest", "share_before", "share_after", "times"),
    *("times_low_95", "times_high_95", "p", "records"),
)


@shows_what_is_awaited(gettext_lazy("Trends"))
@require_http_methods(["GET", "POST"])
def overview(request: ActingRequest) -> HttpResponse:
    """All topics, each with its answer, those with news first; a POST brings the figures up to date."""
    must_read(request)
    if request.method == "POST":
        bring_up_to_date(request, lambda: kept_trends(request.actor, oldest=ANEW).as_of)
        return redirect("trends")
    kept = kept_trends(request.actor, at_once=True)
    parts = sorted((part_of(told) for told in kept.figures), key=lambda part: not part.rows)
    context = {
        "parts": parts,
        "as_of": kept.as_of,
        "awaited": kept.awaited,
        "may_export": may_export(request.actor),
    }
    return render(request, "insights/trends.html", context)


@require_GET
def value(request: ActingRequest, counted_topic: str) -> HttpResponse:
    """One value by month, and the records behind it or behind one of its months; the overview where none is named."""
    must_read(request)
    known, key = _topic(request.actor, counted_topic), request.GET.get("value", "")
    if not key:
        return redirect("trends")
    found = _found(request, known, key)
    context = {
        "topic": known,
        "row": Row(found.one, found.trend),
        "key": key,
        "months": _months(found.one, found.trend, key),
        "month": found.month and formats.month(found.month),
        "records": _records(request.actor, known, found.rows[:SHOWN_RECORDS]),
        "shown_records": SHOWN_RECORDS,
        "all_months": f"?{urlencode({'value': key})}",
        "as_of": found.as_of,
    }
    return render(request, "insights/trend.html", context)


@dataclass(frozen=True)
class _Found:
    """What is told of a value, and the rows behind it or behind one of its months."""

    one: Counted
    trend: Trend
    as_of: datetime
    month: date | None
    rows: QuerySet[Any, tuple[UUID, date]]

    @property
    def agrees(self) -> bool:
        """Whether there are as many rows now as were counted."""
        counts = zip(self.one.months, self.trend.value.counts, strict=True)
        return self.rows.count() == sum(count for month, count in counts if self.month in (None, month))


def _found(request: ActingRequest, topic: Topic, key: str) -> _Found:
    """As kept; counted anew where other records are behind it by now, so that figures and records agree."""
    found = _found_in(request, kept_trends(request.actor), topic, key)
    return found if found.agrees else _found_in(request, kept_trends(request.actor, oldest=AT_ONCE), topic, key)


def _found_in(request: ActingRequest, kept: Kept[list[Told]], topic: Topic, key: str) -> _Found:
    """What is told of a value, judged among all that is asked on the overview."""
    for told in kept.figures:
        for trend in told.trends:
            if told.counted.topic is topic and trend.value.key == key:
                asked = request.GET.get("month", "")
                month = next((one for one in told.counted.months if f"{one:%Y-%m}" == asked), None)
                rows = records_of(request.actor, topic, key=key, month=month)
                return _Found(told.counted, trend, kept.as_of, month, rows)
    raise Http404


@require_GET
def export(request: ActingRequest) -> HttpResponse:
    """What is told of every value, as CSV."""
    must_read(request)
    must_export(request.actor)
    return csv_file(
        "trends.csv",
        _COLUMNS,
        (_exported(told, one) for told in kept_trends(request.actor).figures for one in told.trends),
    )


def _exported(told: Told, one: Trend) -> list[Any]:
    days = [day and day.isoformat() for day in (one.since, one.earliest, one.latest)]
    figures = [round(figure, 4) for figure in (one.before, one.after, one.ratio, one.low, one.high, one.p)]
    found = [*days, *figures] if one.since else [None] * 9
    return [told.counted.topic.key, one.value.name, one.verdict.value, *found, one.value.total]


def _topic(actor: Actor, key: str) -> Topic:
    found = next((topic for topic in topics_for(actor) if topic.key == key), None)
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class Month:
    """One line of the table beside the picture."""

    label: str
    href: str
    count: int
    total: int
    is_since: bool

    @property
    def share(self) -> float:
        """The share of all."""
        return self.count / self.total if self.total else 0.0


def _months(one: Counted, trend: Trend, key: str) -> list[Month]:
    lines = zip(one.months, trend.value.counts, one.totals, strict=True)
    return [
        Month(
            label=formats.month(month),
            href=f"?{urlencode({'value': key, 'month': f'{month:%Y-%m}'})}",
            count=count,
            total=total,
            is_since=trend.is_told and month == trend.since,
        )
        for month, count, total in lines
    ][::-1]


@dataclass(frozen=True)
class Record:
    """One record behind a value."""

    href: str
    title: str
    day: date


def _records(actor: Actor, topic: Topic, rows: Iterable[tuple[UUID, date]]) -> list[Record]:
    """Each record once, under its title."""
    days = dict(reversed(list(rows)))
    seen = RECORD_TYPES[topic.record_type].objects.visible_to(actor).in_bulk(list(days))
    found = [
        Record(record_address(topic.record_type, key), seen[key].title, day) for key, day in days.items() if key in seen
    ]
    return sorted(found, key=lambda one: one.day, reverse=True)
