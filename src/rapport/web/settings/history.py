"""The history of everything, and the check that nobody altered it."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from rapport.core.events import Event
from rapport.core.seal import verify_history
from rapport.core.verbs import VERBS
from rapport.web.ui.addresses import whole_number

from .access import needs

_PAGE = 50


@require_GET
@needs("history.read")
def events(request: HttpRequest) -> HttpResponse:
    """The newest events; `?who=`, `?verb=` narrow them, `?before=` goes on from an event's number."""
    found = _filtered(request)
    shown = list(found.order_by("-pk")[: _PAGE + 1])
    context = {
        "events": [(event, VERBS.get(event.verb)) for event in shown[:_PAGE]],
        "older": shown[_PAGE - 1].pk if len(shown) > _PAGE else None,
        "verbs": sorted(VERBS),
        "chosen_verb": request.GET.get("verb", ""),
        "who": request.GET.get("who", ""),
    }
    return render(request, "settings/history.html", context)


@require_POST
@needs("history.read")
def verify(request: HttpRequest) -> HttpResponse:
    """Recompute the chain and say what was found."""
    return render(request, "settings/verification.html", {"verdict": verify_history()})


def _filtered(request: HttpRequest) -> "QuerySet[Event]":
    found = Event.objects.all()
    if verb := request.GET.get("verb"):
        found = found.filter(verb=verb.replace("\x00", ""))
    if who := request.GET.get("who", "").replace("\x00", "").strip():
        found = found.filter(actor_name__icontains=who[:100])
    before = whole_number(request.GET.get("before", ""))
    return found if before is None else found.filter(pk__lt=before)
