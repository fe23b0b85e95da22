"""How suggestions fare: what became of them, what showing them first changed, and which order ranks."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rapport.insights.models import NextActionReview
from rapport.insights.next_actions.faring import Change, Faring, faring, newest_reviews
from rapport.insights.next_actions.learning.reviewing import LEAST_HELPED, LEAST_LISTS, Verdict
from rapport.insights.next_actions.order import order_in_force
from rapport.insights.next_actions.source import all_sources
from rapport.web.insights.csv_files import csv_file, may_export, must_export
from rapport.web.insights.index import must_read
from rapport.web.middleware import ActingRequest
from rapport.web.ui import formats

_COLUMNS = ("source", "shown", "refused", "done", "moved_on", "changed", "changed_low_95", "changed_high_95")


@require_GET
def how_they_fare(request: ActingRequest) -> HttpResponse:
    """Of everybody together; nobody's own habits are told."""
    must_read(request)
    is_learned, found = order_in_force() is not None, faring()
    context = {
        "is_learned": is_learned,
        "order_title": _("A learned order ranks the first twelve") if is_learned else _("The stated formula ranks"),
        "became_title": _became(found),
        "rows": [(one, _points(one.change)) for one in found],
        "effects": [(source.label, source.meaning) for source in all_sources().values()],
        "reviews": [(review.at, _told(review)) for review in newest_reviews()],
        "may_export": may_export(request.actor),
    }
    return render(request, "next_actions/faring.html", context)


def _became(found: Sequence[Faring]) -> str:
    """How much was done and refused, over the sources of which it may be told."""
    told = [(one.shown, one.done, one.refused or 0.0) for one in found if one.done is not None]
    shown = sum(count for count, _done, _refused in told)
    if not shown:
        return _("What became of what was suggested?")
    done, refused = (sum(one[0] * one[place] for one in told) / shown for place in (1, 2))
    words = {"done": formats.percent(done), "refused": formats.percent(refused)}
    return _("Of what was suggested, %(done)s was done and %(refused)s refused") % words


@require_GET
def export(request: ActingRequest) -> HttpResponse:
    """The same by source, as CSV."""
    must_read(request)
    must_export(request.actor)
    return csv_file("next-actions.csv", _COLUMNS, map(_exported, faring()))


def _exported(one: Faring) -> list[Any]:
    change = (one.change.size, one.change.low, one.change.high) if one.change else (None, None, None)
    figures = (one.refused, one.done, one.moved, *change)
    return [one.source.label, one.shown, *(None if figure is None else round(figure, 4) for figure in figures)]


def _points(change: Change | None) -> str:
    if change is None:
        return ""
    words = {name: _signed(getattr(change, name)) for name in ("size", "low", "high")}
    return _("%(size)s points (%(low)s to %(high)s)") % words


def _signed(value: float) -> str:
    return ("+" if value > 0 else "−" if value < 0 else "") + formats.number(abs(100 * value), decimals=1)


def _told(review: NextActionReview) -> str:
    """What a review came to, in a sentence."""
    figures: dict[str, Any] = review.figures
    words = {name: formats.number(figures[name]) for name in ("lists", "helped")}
    if figures["verdict"] == Verdict.TOO_FEW:
        words |= {"least": formats.number(LEAST_LISTS), "needed": formats.number(LEAST_HELPED)}
        return _("Not enough cases: %(lists)s of %(least)s lists, %(helped)s of %(needed)s that helped.") % words
    gain = {name: formats.number(figures["gain"][name], decimals=3) for name in ("value", "low", "high")}
    told = (
        _("The learned order is taken: %(value)s more a list (%(low)s to %(high)s), judged on %(lists)s lists.")
        if figures["verdict"] == Verdict.BETTER
        else _("The stated order stays: the learned one brings %(value)s more a list (%(low)s to %(high)s).")
    )
    return told % {**words, **gain}
