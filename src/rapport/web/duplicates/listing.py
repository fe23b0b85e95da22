"""Groups to look through, and merging all that is sure at once."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from rapport.core.actors import Actor
from rapport.core.labelled import labelled
from rapport.core.problems import Forbidden, Problem
from rapport.core.records import RECORD_TYPES
from rapport.governance.dictionary import entry_of
from rapport.quality.duplicates.known import count_known
from rapport.quality.duplicates.review import Group, count_groups, groups, sure_groups
from rapport.quality.duplicates.running import newest_search
from rapport.quality.duplicates.tables import COMPARED
from rapport.quality.duplicates.telling import agreeing
from rapport.web.middleware import ActingRequest
from rapport.web.ui.addresses import whole_number
from rapport.web.ui.toasts import toast

from .apart import apart, share_a_name
from .words import sureness

AT_ONCE = 25


@require_GET
def overview(request: ActingRequest) -> HttpResponse:
    """The first type that the actor may merge records of."""
    allowed = [record_type for record_type in COMPARED if may_merge(request.actor, record_type)]
    if not allowed:
        raise Forbidden(_("You may not merge records. Ask an administrator."))
    return redirect("duplicate-groups", allowed[0])


@require_GET
def groups_of(request: ActingRequest, record_type: str) -> HttpResponse:
    """The groups of one type, the surest first."""
    check_type(request.actor, record_type)
    start = start_of(request.GET.get("from", ""))
    found = groups(request.actor, record_type, start=start, limit=AT_ONCE + 1)
    context = {
        **frame(request.actor, record_type),
        "lines": [line(request.actor, record_type, group) for group in found[:AT_ONCE]],
        "sure": len(sure_groups(request.actor, record_type)),
        "known": count_known(request.actor) if record_type == "lead" else 0,
        "following": start + AT_ONCE if len(found) > AT_ONCE else None,
        "start": start,
    }
    return render(request, "duplicates/groups.html", context)


@require_http_methods(["GET", "POST"])
def merge_sure(request: ActingRequest, record_type: str) -> HttpResponse:
    """Show what would be merged without a look at each, and merge it; one Undo for all."""
    check_type(request.actor, record_type)
    found = sure_groups(request.actor, record_type)
    if request.method == "GET":
        lines = [line(request.actor, record_type, group) for group in found]
        return render(request, "duplicates/sure.html", {**frame(request.actor, record_type), "lines": lines})
    shown = set(request.POST.getlist("group"))
    mergers = [merging for group in found if str(group.key) in shown for merging in group.mergers]
    if not mergers:
        raise Problem(_("Nothing was chosen, or somebody was quicker. Reload the page."))
    outcome = RECORD_TYPES[record_type].merge_several(mergers)  # type: ignore[attr-defined]
    for refusal in outcome.refusals[:5]:
        toast(request, labelled(refusal.title, refusal.reason), bad=True)
    return redirect("duplicate-groups", record_type)


def check_type(actor: Actor, record_type: str) -> None:
    """404 for a type without duplicates, `Forbidden` for who may not merge its records."""
    if record_type not in COMPARED:
        raise Http404
    if not may_merge(actor, record_type):
        raise Forbidden(_("You may not merge records. Ask an administrator."))


def may_merge(actor: Actor, record_type: str) -> bool:
    """Whether the actor's role merges records of the type."""
    return actor.may(f"{record_type}.merge_into")


def frame(actor: Actor, record_type: str) -> dict[str, Any]:
    """What every page of duplicates shows: tabs with their counts, the last search."""
    tabs = [
        {
            "type": kind,
            "label": entry_of(kind).plural,
            "count": count_groups(actor, kind),
            "is_open": kind == record_type,
        }
        for kind in COMPARED
        if may_merge(actor, kind)
    ]
    search = newest_search(record_type)
    return {"record_type": record_type, "entry": entry_of(record_type), "tabs": tabs, "search": search}


def line(actor: Actor, record_type: str, group: Group) -> dict[str, Any]:
    """One group in a list: names, why, how sure, and where its records stand side by side."""
    strongest = max(group.pairs, key=lambda pair: pair.probability)
    return {
        "key": group.key,
        "records": group.records,
        "stays": group.stays,
        "reasons": agreeing(actor, record_type, strongest.evidence),
        "sureness": sureness(group.probability),
        "percent": min(round(group.probability * 100), 99),
        "apart": apart(actor, group.records, most=2) if share_a_name(group.records) else [],
        "address": compare_address(record_type, [record.pk for record in group.records]),
    }


def compare_address(record_type: str, record_ids: list[UUID]) -> str:
    """Where these records stand side by side."""
    asked = urlencode([("record", str(key)) for key in record_ids])
    return f"{reverse('duplicates-compare', args=[record_type])}?{asked}"


def start_of(text: str) -> int:
    """The place in a list from which on it is shown, as an address tells it."""
    return whole_number(text, most=1_000_000) or 0
