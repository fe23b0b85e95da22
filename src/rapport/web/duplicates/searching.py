"""Starting, watching and stopping a search for duplicates."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rapport.quality.duplicates.jobs import look_through
from rapport.quality.duplicates.running import ask_for_search, newest_search, stop
from rapport.quality.models import SearchState
from rapport.web.middleware import ActingRequest
from rapport.web.ui.toasts import toast

from .listing import check_type


@require_POST
def look(request: ActingRequest, record_type: str) -> HttpResponse:
    """Look through all records of the type, in the background."""
    check_type(request.actor, record_type)
    search = ask_for_search(record_type)
    if search.state == SearchState.WAITING:
        look_through.defer(search_id=search.pk)
    return redirect("duplicate-groups", record_type)


@require_POST
def stop_looking(request: ActingRequest, record_type: str) -> HttpResponse:
    """Stop the search that is under way."""
    check_type(request.actor, record_type)
    search = newest_search(record_type)
    if search is not None and search.is_under_way:
        stop(search)
        toast(request, _("The search stops. What was found before is kept."))
    return redirect("duplicate-groups", record_type)


@require_GET
def progress(request: ActingRequest, record_type: str) -> HttpResponse:
    """How far the search is; when it has ended, the page loads anew."""
    check_type(request.actor, record_type)
    search = newest_search(record_type)
    if search is None or not search.is_under_way:
        response = HttpResponse(status=200)
        response.headers["HX-Refresh"] = "true"
        return response
    return render(request, "duplicates/progress.html", {"search": search, "record_type": record_type})
