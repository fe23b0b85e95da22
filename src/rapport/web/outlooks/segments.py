"""Segments: how many customers each has, what they ordered in a year, and the list of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Avg, Count, FloatField, OuterRef, Subquery, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rapport.catalog.queries import base_currency
from rapport.core.actors import Actor
from rapport.directory.models import Organisation
from rapport.governance.dictionary import entry_of
from rapport.intelligence.models import Expectation
from rapport.intelligence.outlooks import outlooks
from rapport.intelligence.outlooks.learning import latest
from rapport.intelligence.outlooks.reading import may_see
from rapport.web.insights.index import must_read
from rapport.web.middleware import ActingRequest
from rapport.web.places import list_address
from rapport.web.ui import formats

_FIGURES = ("revenue", "orders", "silence")


@dataclass(frozen=True)
class Segment:
    """One segment among the customers that the reader sees."""

    name: str
    customers: int
    share: str
    revenue: str
    part: int
    each: str
    orders: str
    silence: str
    address: str


@require_GET
def segments(request: ActingRequest) -> HttpResponse:
    """All segments, the one that ordered most first; nothing for whoever may not see what they rest on."""
    must_read(request)
    outlook = outlooks()["segments"]
    may = may_see(outlook, request.actor)
    context = {
        "outlook": outlook,
        "newest": latest("segments"),
        "may_see": may,
        "segments": _segments(request.actor) if may else [],
    }
    return render(request, "outlooks/segments.html", context)


def _segments(actor: Actor) -> Sequence[Segment]:
    told = Expectation.objects.filter(outlook="segments", record_id=OuterRef("pk"), withheld="")
    found = Organisation.objects.visible_to(actor).exclude(segment="")
    for name in _FIGURES:
        figure = Cast(KeyTextTransform(name, "detail"), FloatField())
        found = found.annotate(**{f"told_{name}": Subquery(told.annotate(figure=figure).values("figure")[:1])})
    summed = {"total": Sum("told_revenue"), "often": Avg("told_orders"), "silent": Avg("told_silence")}
    rows: list[dict[str, Any]] = [
        dict(row) for row in found.order_by().values("segment").annotate(customers=Count("pk"), **summed)
    ]
    largest_first = sorted(rows, key=lambda row: -(row["total"] or 0))
    whole, currency = _whole(largest_first), base_currency()
    return [_segment(row, whole, currency) for row in largest_first]


def _whole(rows: Sequence[dict[str, Any]]) -> tuple[int, float]:
    return sum(row["customers"] for row in rows), sum(row["total"] or 0 for row in rows)


def _segment(row: dict[str, Any], whole: tuple[int, float], currency: str) -> Segment:
    revenue, customers = row["total"] or 0.0, row["customers"]
    display = entry_of("organisation").fields["segment"].domain.display
    return Segment(
        display(row["segment"]),
        customers,
        formats.percent(customers / whole[0]),
        formats.money(round(revenue), currency),
        round(100 * revenue / whole[1]) if whole[1] else 0,
        formats.money(round(revenue / customers), currency),
        formats.number(row["often"] or 0, decimals=1),
        formats.number(round(row["silent"] or 0)),
        _list_of(row["segment"]),
    )


def _list_of(segment: str) -> str:
    """The list of the customers of a segment."""
    asked = {"f": f"segment:is:{segment}", "cols": "segment,lifetime_value,risk_of_leaving"}
    return f"{list_address('organisation')}?{urlencode(asked)}"
