"""What an estimate rests on, deciding about it, and the figures of all estimated fields."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from rapport.core.records import RECORD_TYPES, Record
from rapport.governance.dictionary import Field, entry_of
from rapport.quality.imputing import deciding
from rapport.quality.imputing.reading import seen_neighbours
from rapport.quality.models import Estimate, EstimateFigures, EstimateState
from rapport.web.middleware import ActingRequest
from rapport.web.places import record_address
from rapport.web.records.lookup import page_or_404, record_or_404
from rapport.web.records.page import RecordPage
from rapport.web.records.views.facts import may_change
from rapport.web.records.views.parts import wants
from rapport.web.settings.access import needs

from .shown import Shown

REASONS: dict[str, str | Promise] = {
    "few": _("Left alone: too few values are known to learn from."),
    "no better": _("Left alone: guesses are no better than the most frequent value."),
    "not sure": _("Left alone: guesses are not right often enough."),
}


@dataclass(frozen=True)
class _Asked:
    """An estimate with the record and the field it is about, both of which the reader sees."""

    estimate: Estimate
    page: RecordPage
    record: Record
    field: Field


@require_GET
def estimate(request: ActingRequest, estimate_id: int) -> HttpResponse:
    """The value, how it came about, the similar records that the reader may see, and two buttons."""
    asked = _asked(request, estimate_id)
    seen = seen_neighbours(asked.estimate, request.actor)
    context = {
        "shown": Shown(asked.estimate, asked.field),
        "estimate": asked.estimate,
        "record": asked.record,
        "address": asked.page.address(asked.record),
        "neighbours": [(one.title, record_address(asked.page.type, one.pk)) for one in seen],
        "unseen": len(asked.estimate.neighbours) - len(seen),
        "figures": EstimateFigures.objects.filter(record_type=asked.page.type, field=asked.field.name).first(),
        "may_change": asked.page.may(request.actor, "change", asked.record)
        and asked.field.name in asked.page.entry.editable_by(request.actor),
    }
    return render(request, "estimates/estimate.html", context)


@require_POST
def accept(request: ActingRequest, estimate_id: int) -> HttpResponse:
    """Make it the value of the field."""
    asked = _asked(request, estimate_id)
    may_change(asked.page, asked.record, asked.field, request.actor)
    try:
        deciding.accept(asked.estimate)
    except ValidationError as problem:
        context = {"problem": " ".join(problem.messages), "address": asked.page.address(asked.record)}
        return render(request, "estimates/refused.html", context, status=422)
    return _back(request, asked)


@require_POST
def refuse(request: ActingRequest, estimate_id: int) -> HttpResponse:
    """Show it no more."""
    asked = _asked(request, estimate_id)
    may_change(asked.page, asked.record, asked.field, request.actor)
    deciding.refuse(asked.estimate)
    return _back(request, asked)


def _asked(request: ActingRequest, estimate_id: int) -> _Asked:
    """Raises 404 for what was decided, is filled by now, or may not be seen."""
    found = Estimate.objects.filter(pk=estimate_id, state=EstimateState.STANDING).first()
    if found is None:
        raise Http404
    page = page_or_404(found.record_type)
    record = record_or_404(page, found.record_id, request.actor)
    readable = page.entry.readable_by(request.actor)
    if found.field not in readable or getattr(record, found.field):
        raise Http404
    return _Asked(found, page, record, readable[found.field])


def _back(request: ActingRequest, asked: _Asked) -> HttpResponse:
    """To the fact alone when a part of the page asked, else to the record."""
    address = asked.page.address(asked.record)
    return redirect(f"{address}fact/{asked.field.name}/" if wants(request, "fact-") else address)


@require_GET
@needs("quality.read")
def figures(request: HttpRequest) -> HttpResponse:
    """How often guesses were right when known values were hidden, by field."""
    rows = [
        {
            "type": RECORD_TYPES[one.record_type]._meta.verbose_name_plural,
            "label": entry_of(one.record_type).fields[one.field].label,
            "figures": one,
            "was_tried": one.abstains_because != "few",
            "reason": REASONS.get(one.abstains_because, ""),
        }
        for one in EstimateFigures.objects.order_by("record_type", "field")
        if one.field in entry_of(one.record_type).fields
    ]
    return render(request, "estimates/figures.html", {"rows": rows, "overview": reverse("settings")})
