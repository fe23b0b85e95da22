"""Undoing a run as a whole, newest event first; what people changed since is kept and listed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.core.actors import SYSTEM, acting_as, current_actor
from rapport.core.events import Event
from rapport.core.jobs import job
from rapport.core.problems import Problem
from rapport.core.snapshots import to_json
from rapport.core.undo import Conflict, undo_event, undone_among
from rapport.identity.actors import actor_now
from rapport.identity.at_home import at_home_with
from rapport.identity.models import User

from .models import MachineRun, ProposalState, RunState

AT_ONCE = 200
_MOST_TOLD = 200


@dataclass(frozen=True)
class RolledBack:
    """How much was undone, and what was left alone because it was changed since."""

    undone: int
    conflicts: tuple[Conflict, ...]


def standing_events(run: MachineRun) -> list[Event]:
    """The events of the run that are not undone, newest first."""
    events = list(Event.objects.filter(batch=run.pk, undoes=None).order_by("-id"))
    undone = undone_among([event.pk for event in events])
    return [event for event in events if event.pk not in undone]


def roll_back(run: MachineRun) -> RolledBack | None:
    """Undo the run, with the rights of the current actor; a great one in the background, which gives None."""
    if run.state == RunState.RUNNING:
        raise Problem(_("This run still goes on. Stop machines first, under AI control."))
    if run.state == RunState.UNDOING:
        raise Problem(_("This run is being undone already."))
    if len(standing_events(run)) <= AT_ONCE:
        return _undo(run)
    with transaction.atomic():
        run.note_undoing(state=RunState.UNDOING)
        undo_run.defer(run_id=str(run.pk), user_id=str(current_actor().user_id))
    return None


def _undo(run: MachineRun) -> RolledBack:
    """Each event in a transaction of its own; one that can't be undone is listed and does not hold up the others."""
    _withdraw(run)
    undone, standing = 0, standing_events(run)
    conflicts: list[Conflict] = []
    for position, event in enumerate(standing, start=1):
        try:
            conflicts += undo_event(event).conflicts
            undone += 1
        except Problem as refusal:
            conflicts.append(Conflict(event.subject_type, event.subject_id or run.pk, "", str(refusal)))
        _note(run, position, len(standing), conflicts)
    run.note_undoing(state=RunState.UNDONE)
    return RolledBack(undone, tuple(conflicts))


def _withdraw(run: MachineRun) -> None:
    """What the run proposed and nobody decided yet goes with it."""
    with acting_as(replace(SYSTEM, source="machine")):
        for proposal in run.proposals.filter(state=ProposalState.PENDING):
            proposal.set_aside(state=ProposalState.WITHDRAWN)


def _note(run: MachineRun, done: int, total: int, conflicts: Sequence[Conflict]) -> None:
    """Progress is no history: written past the verbs."""
    run.progress = {"done": done, "total": total, "kept": [one.as_stored() for one in conflicts[:_MOST_TOLD]]}
    QuerySet.update(MachineRun._base_manager.filter(pk=run.pk), progress=json.loads(to_json(run.progress)))


@job(label=gettext_lazy("Undo a run"), atomic=False)
def undo_run(run_id: str, user_id: str) -> None:
    """Undo all that stands of a run, one transaction for each event; goes on where it was left."""
    user = User._base_manager.get(pk=user_id)
    with at_home_with(user), acting_as(actor_now(user.pk)):
        _undo(MachineRun._base_manager.get(pk=run_id))
