"""The button that brings figures up to date, and what is told while they are worked out."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rapport.core.clock import now
from rapport.insights.kept.keeping import BeingWorkedOut, is_ready
from rapport.web.middleware import ActingRequest
from rapport.web.ui.toasts import toast

from .index import must_read

View = Callable[[ActingRequest], HttpResponse]


def bring_up_to_date(request: HttpRequest, as_of: Callable[[], datetime]) -> None:
    """Have figures worked out, which gives the moment from which they are; says so where that was just done."""
    asked_at = now()
    if as_of() < asked_at:
        toast(request, _("These figures are less than a minute old. They are worked out once a minute at most."))


def shows_what_is_awaited(title: str | Promise) -> Callable[[View], View]:
    """Make a page of figures that take long say so, and show them as soon as they are there."""

    def decorate(view: View) -> View:
        @wraps(view)
        def shown(request: ActingRequest) -> HttpResponse:
            try:
                return view(request)
            except BeingWorkedOut as figures:
                return render(request, "insights/being_worked_out.html", {"title": title, "awaited": figures.key})

        return shown

    return decorate


@require_GET
def awaited(request: ActingRequest, figures: str) -> HttpResponse:
    """The figures awaited, by their key, asked for every two seconds: the page loads anew when they are there, or
    offers them to who reads older ones meanwhile.
    """
    must_read(request)
    reads, ready = "reads" in request.GET, is_ready(figures)
    if ready and not reads:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {"awaited": figures, "ready": ready}
    return render(request, "insights/newer_awaited.html" if reads else "insights/awaited.html", context)
