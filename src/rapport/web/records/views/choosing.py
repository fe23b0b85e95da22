"""Choosing a record: what a combobox gets while a name is typed, and a hint at records that may be the same."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rapport.core.actors import Actor
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.search import search
from rapport.governance.dictionary import entries
from rapport.web.forms.about import about_candidates
from rapport.web.forms.questions import ABOUT
from rapport.web.middleware import ActingRequest
from rapport.web.ui.palette import Option

from ..alike import alike, may_remember
from ..lookup import page_or_404

SHOWN = 8
_LONGEST = 200


@require_GET
def choose(request: ActingRequest, record_type: str) -> HttpResponse:
    """The visible records of a type that answer `?q=`, best first; the newest when nothing is asked."""
    if record_type == ABOUT:
        found = [Option(one.value, one.title) for one in about_candidates(_asked(request))]
        return render(request, "fragments/options.html", {"options": found})
    model = RECORD_TYPES.get(record_type)
    if model is None or record_type not in entries():
        raise Http404
    options = options_for(model, _asked(request), request.actor)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"options": [{"value": option.value, "title": option.title} for option in options]})
    return render(request, "fragments/options.html", {"options": options})


def _asked(request: HttpRequest) -> str:
    """`?q=`, or what was typed into the combobox, whatever its name."""
    typed = [str(value) for name, value in request.GET.items() if name.endswith(("__text", "-text"))]
    return (request.GET.get("q") or next(iter(typed), "")).replace("\x00", "")[:_LONGEST].strip()


def options_for(model: type[Record], asked: str, actor: Actor) -> list[Option]:
    """The options for what was typed."""
    icon = entries()[model.record_type].icon
    if not asked:
        newest: Any = model.objects.visible_to(actor).order_by("-id")[:SHOWN]
        return [Option(str(record.pk), record.title, icon=icon) for record in newest]
    hits = search(actor, asked, types=[model.record_type], limit=SHOWN)
    if not hits:
        few = [record for record in model.objects.visible_to(actor)[:300] if asked.lower() in record.title.lower()]
        return [Option(str(record.pk), record.title, icon=icon) for record in few[:SHOWN]]
    return [Option(str(hit.record_id), hit.title, icon=icon) for hit in hits]


@require_GET
def look_alikes(request: ActingRequest, record_type: str) -> HttpResponse:
    """While a new record is typed: those that may be the same, and why."""
    page = page_or_404(record_type)
    found = alike(page.model, request.GET, request.actor)
    told = {"found": found, "page": page, "may_remember": may_remember(request.actor, page.type)}
    return render(request, "records/look_alikes.html", told)
