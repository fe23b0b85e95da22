"""Runs of machines: what each touched and proposed, and undoing one as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from rapport.core.events import Event
from rapport.core.undo import Conflict, undone_among
from rapport.core.verbs import VERBS
from rapport.oversight.actions import action_named
from rapport.oversight.models import MachineRun, RunState
from rapport.oversight.rolling_back import roll_back
from rapport.web.middleware import ActingRequest
from rapport.web.places import record_address
from rapport.web.records.left_alone import left_alone_in_words
from rapport.web.ui.toasts import toast

_SHOWN = 50
TONES = {RunState.DONE: "good", RunState.CAPPED: "warning", RunState.STOPPED: "warning", RunState.FAILED: "bad"}


@dataclass(frozen=True)
class Done:
    """One thing that a run did."""

    event: Event
    what: str
    href: str
    is_undone: bool


@require_GET
def runs(request: ActingRequest) -> HttpResponse:
    """The newest runs that this person may see."""
    found = MachineRun.objects.visible_to(request.actor).select_related("on_behalf_of").order_by("-started_at")[:_SHOWN]
    return render(request, "oversight/runs.html", {"runs": [(run, kind_of(run), tone_of(run)) for run in found]})


def tone_of(run: MachineRun) -> str:
    """The colour of the badge that says how it stands."""
    return TONES.get(RunState(run.state), "")


def kind_of(run: MachineRun) -> str:
    """The kind of action, in words."""
    action = action_named(run.action)
    return str(action.label) if action else run.action


@require_GET
def run(request: ActingRequest, machinerun_id: UUID) -> HttpResponse:
    """One run: how it stands, what it did, and what undoing it left alone."""
    found = _found(request, machinerun_id)
    context = {
        "run": found,
        "kind": kind_of(found),
        "tone": tone_of(found),
        "done": _done(found),
        "kept": left_alone_in_words(request.actor, map(Conflict.from_stored, found.progress.get("kept", ()))),
        "may_undo": found.may_be_changed_by(request.actor) and found.state not in (RunState.RUNNING, RunState.UNDOING),
        "is_undoing": found.state == RunState.UNDOING,
        "proposals": found.proposals.count(),
    }
    return render(request, "oversight/run.html", context)


def _found(request: ActingRequest, run_id: UUID) -> MachineRun:
    found: MachineRun = get_object_or_404(MachineRun.objects.visible_to(request.actor), pk=run_id)
    return found


def _done(run: MachineRun) -> Sequence[Done]:
    events = list(Event.objects.filter(batch=run.pk, undoes=None).order_by("-id")[:_SHOWN])
    undone = undone_among([event.pk for event in events])
    return [Done(event, _what(event), _address(event), is_undone=event.pk in undone) for event in events]


def _what(event: Event) -> str:
    declared = VERBS.get(event.verb)
    return str(declared.past) if declared else event.verb


def _address(event: Event) -> str:
    return record_address(event.subject_type, event.subject_id) if event.subject_id else ""


@require_POST
def undo(request: ActingRequest, machinerun_id: UUID) -> HttpResponse:
    """Undo all that stands of a run."""
    found = _found(request, machinerun_id)
    done = roll_back(found)
    request.events.clear()
    if done is None:
        toast(request, _("The run is being undone in the background."))
    else:
        text = ngettext("%(n)d thing was undone.", "%(n)d things were undone.", done.undone) % {"n": done.undone}
        kept = len(done.conflicts)
        more = ngettext("%(n)d was left alone.", "%(n)d were left alone.", kept) % {"n": kept} if kept else ""
        toast(request, f"{text} {more}".strip())
    return redirect("ai-run", machinerun_id)
