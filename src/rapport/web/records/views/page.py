"""The page of one record, and the parts of it that refresh alone."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.web.middleware import ActingRequest

from ..composer import composer_for
from ..facts import facts_of, parts_of
from ..lookup import hidden_links, page_or_404, record_or_404
from ..page import RecordPage
from ..panels import Panel
from ..timeline import timeline_of
from .parts import answer, wants


@require_GET
def record_page(request: ActingRequest, record_type: str, record_id: UUID) -> HttpResponse:
    """Everything about one record; for htmx only its timeline or composer."""
    page = page_or_404(record_type)
    record = record_or_404(page, record_id, request.actor)
    if wants(request, "timeline"):
        more = "timeline-older" if wants(request, "timeline-older") else "timeline"
        return answer(request, f"records/timeline.html#{more}", page, record, **timeline_part(request, page, record))
    if wants(request, "composer"):
        return answer(request, "records/composer.html", page, record, composer=_composer(request, page, record))
    facts = facts_of(page, record, request.actor)
    more_parts = timeline_part(request, page, record) | {"composer": _composer(request, page, record)}
    return answer(
        request,
        "records/page.html",
        page,
        record,
        facts=facts,
        blank_count=sum(fact.is_blank for fact in facts),
        panels=_panels(request, page, record),
        wide_panels=page.panels_for(record, request.actor, wide=True),
        has_panels=bool(page.panels),
        tab=_tab(request, page),
        **head_part(page, record, request.actor),
        **more_parts,
    )


def _tab(request: ActingRequest, page: RecordPage) -> str:
    """Which column a phone shows."""
    asked = request.GET.get("tab", "")
    return asked if asked in ("facts", "related") else "timeline" if page.timeline else "facts"


def head_part(page: RecordPage, record: Record, actor: Actor) -> dict[str, Any]:
    """What the head of the page shows: chips, actions and what may be done."""
    actions = [action for action in page.actions_for(record, actor) if action.in_head]
    return {
        "chips": chips_of(page, record, actor),
        "badges": page.badges(record),
        "main_actions": [action for action in actions if action.tone][:3],
        "more_actions": [action for action in actions if not action.tone]
        + [action for action in actions if action.tone][3:],
        "may_change": page.may(actor, "change", record),
        "may_remove": page.may(actor, "remove", record),
        "may_stop": page.entry.importable and actor.may("stopswitch.pull"),
    }


def chips_of(page: RecordPage, record: Record, actor: Actor) -> list[Any]:
    """The few facts that stand beside the title."""
    readable = page.entry.readable_by(actor)
    fields = [readable[name] for name in page.chips if name in readable]
    hidden = hidden_links(record, fields, actor)
    shown = [(field, parts_of(field, record)) for field in fields if field.name not in hidden]
    return [{"label": field.label, "part": parts[0]} for field, parts in shown if parts]


def timeline_part(request: ActingRequest, page: RecordPage, record: Record) -> dict[str, Any]:
    """The timeline as the address asks for it."""
    return {"timeline": timeline_of(record, request.actor, request.GET) if page.timeline else None}


def _composer(request: ActingRequest, page: RecordPage, record: Record) -> Any:
    return composer_for(record, request.actor, request.GET.get("compose", "")) if page.timeline else None


def _panels(request: ActingRequest, page: RecordPage, record: Record) -> list[Panel] | None:
    """The panels at once where they are the page, or are asked for; else they follow in a request of their own."""
    at_once = not page.timeline or request.GET.get("tab") == "related"
    return page.panels_for(record, request.actor) if at_once else None


@require_GET
def panels(request: ActingRequest, record_type: str, record_id: UUID) -> HttpResponse:
    """All panels of a record, loaded after its page; on a page of its own without scripts."""
    page = page_or_404(record_type)
    record = record_or_404(page, record_id, request.actor)
    if request.headers.get("HX-Request") != "true":
        return redirect(f"{page.address(record)}?tab=related")
    return answer(request, "records/panels.html", page, record, panels=page.panels_for(record, request.actor))


@require_GET
def panel(request: ActingRequest, record_type: str, record_id: UUID, key: str) -> HttpResponse:
    """One panel: alone for htmx, else in the dialog that asks for it or on a page of its own."""
    page = page_or_404(record_type)
    record = record_or_404(page, record_id, request.actor)
    shown = [*page.panels_for(record, request.actor), *page.panels_for(record, request.actor, wide=True)]
    found = next((panel for panel in shown if panel.key == key), None)
    if found is None:
        raise Http404
    asks = request.headers
    is_part = asks.get("HX-Request") == "true" and asks.get("HX-Target") != "dialog#dialog"
    return answer(
        request, "records/panel.html" if is_part else "records/panel_page.html", page, record, panel=found, loaded=True
    )
