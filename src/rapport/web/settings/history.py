"""The history of everything, and the check that nobody altered it."""

from operator import itemgetter

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.http import require_GET, require_POST

from rapport.core.events import Event
from rapport.core.labelled import labelled
from rapport.core.records import RECORD_TYPES
from rapport.core.seal import verify_history
from rapport.core.verbs import VERBS, Verb
from rapport.web.records.origins import source_in_words
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
        "events": [_told(event) for event in shown[:_PAGE]],
        "older": shown[_PAGE - 1].pk if len(shown) > _PAGE else None,
        "verbs": sorted(((name, _label(verb)) for name, verb in VERBS.items()), key=itemgetter(1)),
        "chosen_verb": request.GET.get("verb", ""),
        "who": request.GET.get("who", ""),
    }
    return render(request, "settings/history.html", context)


@require_POST
@needs("history.read")
def verify(request: HttpRequest) -> HttpResponse:
    """Recompute the chain and say what was found."""
    return render(request, "settings/verification.html", {"verdict": verify_history()})


def _told(event: Event) -> tuple[Event, Verb | None, str, str]:
    """An event with its verb, and in words the type of its record and where it came from."""
    return event, VERBS.get(event.verb), _type(event.subject_type), source_in_words(event.source)


def _label(verb: Verb) -> str:
    """`Opportunity: Win`."""
    return labelled(capfirst(_type(verb.name.partition(".")[0])), str(verb.label))


def _type(record_type: str) -> str:
    model = RECORD_TYPES.get(record_type)
    return str(model._meta.verbose_name) if model else record_type


def _filtered(request: HttpRequest) -> "QuerySet[Event]":
    found = Event.objects.all()
    if verb := request.GET.get("verb"):
        found = found.filter(verb=verb.replace("\x00", ""))
    if who := request.GET.get("who", "").replace("\x00", "").strip():
        found = found.filter(actor_name__icontains=who[:100])
    before = whole_number(request.GET.get("before", ""))
    return found if before is None else found.filter(pk__lt=before)
