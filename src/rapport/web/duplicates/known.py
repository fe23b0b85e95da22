"""Leads that are probably on record already: convert them into whom they are, or say that they are somebody else."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rapport.core.actors import Actor
from rapport.core.problems import Problem
from rapport.quality.duplicates.known import Known, known_as, known_leads
from rapport.quality.duplicates.telling import agreeing_with_lead
from rapport.quality.models import DuplicateDecision, PairVerdict
from rapport.web.middleware import ActingRequest
from rapport.web.places import record_address
from rapport.web.records.lookup import page_or_404, record_or_404

from .listing import AT_ONCE, check_type, frame, start_of
from .words import sureness

LEAD = "lead"


@require_http_methods(["GET", "POST"])
def known(request: ActingRequest) -> HttpResponse:
    """List them, the surest first; take in that a lead and a record are not the same."""
    check_type(request.actor, LEAD)
    if request.method == "POST":
        _call_different(request)
        return redirect(f"{reverse('leads-known')}?from={start_of(request.POST.get('from', ''))}")
    start = start_of(request.GET.get("from", ""))
    found = known_leads(request.actor, start=start, limit=AT_ONCE + 1)
    context = {
        **frame(request.actor, LEAD),
        "lines": [_line(request.actor, one) for one in found[:AT_ONCE]],
        "following": start + AT_ONCE if len(found) > AT_ONCE else None,
        "start": start,
    }
    return render(request, "duplicates/known.html", context)


def _call_different(request: ActingRequest) -> None:
    try:
        lead_id, record_id = UUID(request.POST.get("lead", "")), UUID(request.POST.get("record", ""))
    except ValueError:
        raise Http404 from None
    lead = record_or_404(page_or_404(LEAD), lead_id, request.actor)
    if record_id not in {one.record.pk for one in known_as(request.actor, lead)}:
        raise Problem(_("Somebody was quicker: this is decided already. Reload the page."))
    DuplicateDecision.decide(for_type=LEAD, one=lead_id, other=record_id, verdict=PairVerdict.DIFFERENT)


def _line(actor: Actor, one: Known) -> dict[str, Any]:
    """A lead, whom it is, why, and where it is converted into them."""
    asked = urlencode({one.kind: one.record.pk, "next": reverse("leads-known")})
    lead = record_address(LEAD, one.lead.pk)
    return {
        "lead": one.lead,
        "lead_address": lead,
        "company": _company(actor, one),
        "record": one.record,
        "record_address": record_address(one.kind, one.record.pk),
        "kind": page_or_404(one.kind).entry.label,
        "reasons": agreeing_with_lead(actor, one.kind, one.pair.evidence),
        "sureness": sureness(one.pair.probability),
        "percent": min(round(one.pair.probability * 100), 99),
        "convert": f"{lead}do/convert/?{asked}" if one.lead.may_be_changed_by(actor) else "",
    }


def _company(actor: Actor, one: Known) -> str:
    """The company that a lead names, beside its own name."""
    if "organisation_name" not in page_or_404(LEAD).entry.readable_by(actor):
        return ""
    return "" if one.lead.organisation_name == one.lead.title else one.lead.organisation_name
