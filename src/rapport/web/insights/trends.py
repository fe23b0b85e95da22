"""Trends: what rises and falls, the months and the records behind each value, and all of it as CSV."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rapport.core.actors import Actor
from rapport.core.problems import Forbidden
from rapport.core.records import RECORD_TYPES
from rapport.core.spreadsheets import neutral
from rapport.insights.trends.counting import Counted, counted, records_of
from rapport.insights.trends.finding import Told, Trend, trends
from rapport.insights.trends.topics import Topic, topics_for
from rapport.web.middleware import ActingRequest
from rapport.web.places import record_address

from .index import must_read
from .trend_words import Row, part_of, row_of

SHOWN_RECORDS = 200
_COLUMNS = (
    *("topic", "value", "verdict", "since", "earliest", "latest", "share_before", "share_after", "times"),
    *("times_low_95", "times_high_95", "p", "records"),
)


@require_GET
def overview(request: ActingRequest) -> HttpResponse:
    """All topics, each with its answer."""
    must_read(request)
    parts = [part_of(told) for told in trends(request.actor)]
    context = {"parts": parts, "may_export": request.actor.may("record.export")}
    return render(request, "insights/trends.html", context)


@require_GET
def value(request: ActingRequest, counted_topic: str) -> HttpResponse:
    """One value by month, and the records behind it or behind one of its months; the overview where none is named."""
    must_read(request)
    known, key = _topic(request.actor, counted_topic), request.GET.get("value", "")
    if not key:
        return redirect("trends")
    one = counted(request.actor, known)
    row = _row(request.actor, one, key)
    month = next((found for found in one.months if f"{found:%Y-%m}" == request.GET.get("month", "")), None)
    rows = records_of(request.actor, known, key=key, month=month)
    context = {
        "topic": known,
        "row": row,
        "key": key,
        "months": _months(one, row.trend, key),
        "month": month and date_format(month, "F Y"),
        "records": _records(request.actor, known, rows[:SHOWN_RECORDS]),
        "shown_records": SHOWN_RECORDS,
        "all_months": f"?{urlencode({'value': key})}",
    }
    return render(request, "insights/trend.html", context)


@require_GET
def export(request: ActingRequest) -> HttpResponse:
    """What is told of every value, as CSV."""
    must_read(request)
    if not request.actor.may("record.export"):
        raise Forbidden(_("You may not export. Ask an administrator."))
    return csv_file(
        "trends.csv", _COLUMNS, (_exported(told, one) for told in trends(request.actor) for one in told.trends)
    )


def csv_file(name: str, columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """A file that no spreadsheet takes for formulas."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerow(columns)
    writer.writerows([neutral(str(cell)) if cell is not None else "" for cell in row] for row in rows)
    return response


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


def _row(actor: Actor, one: Counted, key: str) -> Row:
    """What is told of a value, judged among all that is asked on the overview."""
    for told in trends(actor):
        for trend in told.trends:
            if told.counted.topic.key == one.topic.key and trend.value.key == key:
                return row_of(one, trend)
    raise Http404


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
            label=date_format(month, "F Y"),
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
