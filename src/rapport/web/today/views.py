"""The first page after signing in."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from rapport.activities.queries import unread_of
from rapport.core.actors import Actor
from rapport.directory.models import Organisation
from rapport.oversight.trials.withholding import running
from rapport.web.middleware import ActingRequest
from rapport.web.notifications.lines import lines_of
from rapport.web.oversight.cards import cards_of
from rapport.web.oversight.proposals import waiting_for
from rapport.web.ui.shell import Shell

from .items import task_items, titles_about
from .overnight import changed_overnight
from .own import contracts_of, day_of, leads_of, selling_of, task_of
from .team import loads_of, movements_of, pipeline_of

_TOLD, _PROPOSED = 6, 2


@require_GET
def today(request: ActingRequest) -> HttpResponse:
    """One's own day; for who leads a team and asks for it, the team's."""
    leads_team = request.actor.may("team.lead")
    if leads_team and request.GET.get("view") == "team":
        return render(request, "today/team.html", {"leads_team": True, "is_team": True, **_team(request.actor)})
    return render(request, "today/page.html", {"leads_team": leads_team, **_own(request)})


def _own(request: ActingRequest) -> dict[str, Any]:
    actor, unread = request.actor, unread_of(request.actor)
    request.unread_notifications = len(unread)
    sections = [*selling_of(actor), leads_of(actor)]
    tasks, meetings = day_of(actor)
    is_quiet = not (tasks.items or meetings.items or unread or any(section.items for section in sections))
    return {
        "tasks": tasks,
        "meetings": meetings,
        "sections": [section for section in sections if section.items],
        "told": lines_of(unread[:_TOLD]),
        "is_quiet": is_quiet,
        "trials_run": bool(running()),
        "is_new": is_quiet and not Organisation.objects.visible_to(actor).exists(),
    }


def _team(actor: Actor) -> dict[str, Any]:
    shown = pipeline_of(actor)
    columns = [column for column in shown.columns if column.stage.is_selling] if shown else []
    most = max((column.total.amount for column in columns if column.total), default=0)
    left_out = sorted({code for column in columns if column.total for code in column.total.left_out})
    return {
        "columns": columns,
        "most": most,
        "left_out": ", ".join(left_out),
        "movements": movements_of(actor),
        "loads": loads_of(actor),
    }


@require_GET
def part(request: ActingRequest, key: str) -> HttpResponse:
    """A part that comes after the page: what changed overnight, contracts."""
    if key not in ("overnight", "contracts", "proposals"):
        raise Http404
    context: dict[str, Any] = {"key": key}
    if key == "overnight":
        context["happenings"] = changed_overnight(request.actor)
    elif key == "proposals":
        waiting = waiting_for(request.actor).select_related("run")[:_PROPOSED]
        context |= {"cards": cards_of(waiting, request.actor), "count": Shell(request).proposals}
    else:
        context["section"] = contracts_of(request.actor)
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, f"today/{key}.html" if is_part else "today/part.html", context)


@require_POST
def complete(request: ActingRequest, task_id: UUID) -> HttpResponse:
    """Mark a task as done, from the page itself."""
    task = task_of(request.actor, task_id)
    if task is None:
        raise Http404
    if not task.is_done:
        task.complete()
    if request.headers.get("HX-Request") != "true":
        return redirect("today")
    item = task_items([task], titles_about([task]), may_complete=False)[0]
    return render(request, "today/task_done.html", {"item": item})
