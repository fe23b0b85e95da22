"""Segments: how many customers each has, what they ordered in a year, and the list of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from rapport.catalog.queries import base_currency
from rapport.governance.dictionary import entry_of
from rapport.insights import segments as figures
from rapport.insights.kept.keeping import ANEW
from rapport.insights.segments import kept_segments
from rapport.intelligence.abstaining import TOO_FEW
from rapport.intelligence.models import Estimator
from rapport.intelligence.outlooks import outlooks
from rapport.intelligence.outlooks.learning import latest
from rapport.intelligence.outlooks.outlook import Outlook
from rapport.intelligence.outlooks.reading import may_see
from rapport.web.insights.anew import bring_up_to_date, shows_what_is_awaited
from rapport.web.insights.csv_files import csv_file, may_export, must_export
from rapport.web.insights.index import must_read
from rapport.web.middleware import ActingRequest
from rapport.web.places import list_address
from rapport.web.ui import formats

_COLUMNS = ("segment", "customers", "ordered_12_months", "days_with_an_order", "days_since_the_last")


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


@shows_what_is_awaited(gettext_lazy("Segments"))
@require_http_methods(["GET", "POST"])
def segments(request: ActingRequest) -> HttpResponse:
    """All segments, the one that ordered most first; nothing for whoever may not see what they rest on.

    A POST brings the figures up to date.
    """
    must_read(request)
    outlook, newest = outlooks()["segments"], latest("segments")
    context: dict[str, Any] = {
        "outlook": outlook,
        "newest": newest,
        "may_see": may_see(outlook, request.actor),
        "segments": [],
        "why_not": _why_not(newest, outlook),
        "may_export": may_export(request.actor),
    }
    version = newest.version if newest else 0
    if request.method == "POST":
        if context["may_see"]:
            bring_up_to_date(request, lambda: kept_segments(request.actor, version=version, oldest=ANEW).as_of)
        return redirect("segments")
    if context["may_see"]:
        kept = kept_segments(request.actor, version=version, at_once=True)
        found = _in_words(kept.figures)
        context |= {"segments": found, "answer": _answer(found), "as_of": kept.as_of, "awaited": kept.awaited}
    return render(request, "outlooks/segments.html", context)


@require_GET
def export(request: ActingRequest) -> HttpResponse:
    """All segments, as CSV; none for whoever may not see what they rest on."""
    must_read(request)
    must_export(request.actor)
    newest = latest("segments")
    found: tuple[figures.Segment, ...] = ()
    if may_see(outlooks()["segments"], request.actor):
        found = kept_segments(request.actor, version=newest.version if newest else 0).figures
    display = entry_of("organisation").fields["segment"].domain.display
    rows = [(display(one.key), one.customers, *map(round, (one.revenue, one.orders, one.silence))) for one in found]
    return csv_file("segments.csv", _COLUMNS, rows)


def _why_not(newest: Estimator | None, outlook: Outlook) -> str:
    """Why there are none, for a reader who sees none."""
    if newest is None or newest.reason == TOO_FEW:
        return _("There is too little to learn from. It takes this: %(minimum)s") % {"minimum": outlook.minimum}
    return _(newest.reason) if newest.reason else _("None of the customers that you may see has a segment.")


def _answer(found: Sequence[Segment]) -> str:
    """Who orders most."""
    most = max(found, key=lambda one: one.part, default=None)
    if most is None or not most.part:
        return _("Which customers order most?")
    return _("“%(name)s” order most: %(part)s of all") % {"name": most.name, "part": formats.hundredths(most.part)}


def _in_words(found: Sequence[figures.Segment]) -> list[Segment]:
    whole, currency = (sum(one.customers for one in found), sum(one.revenue for one in found)), base_currency()
    return [_segment(one, whole, currency) for one in found]


def _segment(one: figures.Segment, whole: tuple[int, float], currency: str) -> Segment:
    display = entry_of("organisation").fields["segment"].domain.display
    return Segment(
        display(one.key),
        one.customers,
        formats.percent(one.customers / whole[0]),
        formats.money(round(one.revenue), currency),
        round(100 * one.revenue / whole[1]) if whole[1] else 0,
        formats.money(round(one.revenue / one.customers), currency),
        formats.number(one.orders, decimals=1),
        formats.number(round(one.silence)),
        _list_of(one.key),
    )


def _list_of(segment: str) -> str:
    """The list of the customers of a segment."""
    asked = {"f": f"segment:is:{segment}", "cols": "segment,lifetime_value,risk_of_leaving"}
    return f"{list_address('organisation')}?{urlencode(asked)}"
