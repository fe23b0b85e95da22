"""Undo: plays the changes of an event, or of a whole batch, back.

A field that was changed again since stays as it is and is listed as a conflict. Undo is itself a
verb with an event, so that it can be undone in turn.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ..actors import current_actor
from ..bulk import change_many, remove_many, restore_many
from ..events import Event, collect
from ..problems import Forbidden, Problem, StillNeeded
from ..references import referred_to
from ..verbs import VERBS
from ..work import Work, working
from .conflicts import Conflict
from .planning import Plan, model_of, plan_of
from .standing import is_undone, may_take_back

OBJECTIONS: list[Callable[[Event], None]] = []  # each raises `Problem` where an undo has to wait for another one


@dataclass(frozen=True)
class UndoResult:
    """The event of the undo, and what it left alone."""

    event: Event
    conflicts: tuple[Conflict, ...]


def undo_event(event: Event) -> UndoResult:
    """Undo one event; raises `Forbidden` or `Problem` with the reason when that can't be."""
    declared = VERBS.get(event.verb)
    if declared is not None and declared.in_batches:
        raise Problem(_("This was a part of something greater, such as an import. Undo that as a whole."))
    return _undo(event)


def _undo(event: Event) -> UndoResult:
    actor = current_actor()
    with _explaining_clashes(), transaction.atomic():
        Event.objects.select_for_update().get(pk=event.pk)
        if is_undone(event):
            raise Problem(_("This was already undone."))
        if not may_take_back(actor, event, VERBS.get(event.verb)):
            raise Forbidden(_("You may undo what you did yourself. Ask an administrator for the rest."))
        for object_to in OBJECTIONS:
            object_to(event)
        plan = plan_of(event)
        work = Work(event.verb, actor, undoes=event)
        with working(work):
            _carry_out(plan)
        work.detail = {"undo": True, "conflicts": [conflict.as_stored() for conflict in plan.conflicts]}
        undone = work.write_event((event.subject_label, event.subject_type, event.subject_id))
    collect(undone)
    return UndoResult(undone, tuple(plan.conflicts))


def undo_batch(batch: UUID, *, progress: Callable[[int, int], None] | None = None) -> list[UndoResult]:
    """Undo each event of a batch that still stands, newest first, one transaction each; can be resumed."""
    events = Event.objects.filter(batch=batch, undoes=None).order_by("-id")
    standing = [event for event in events if not is_undone(event)]
    results = []
    for position, event in enumerate(standing, start=1):
        results.append(_undo(event))
        if progress:
            progress(position, len(standing))
    return results


@contextmanager
def _explaining_clashes() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise Problem(_("This can't be undone: another record took its place, such as its name, meanwhile.")) from error


def _carry_out(plan: Plan) -> None:
    """Restore, reset, then remove; links are checked once at the end, so the order within each is free."""
    for record_type, rows in plan.restore.items():
        restore_many(model_of(record_type), rows)
    for record_type, changes in plan.reset.items():
        change_many(model_of(record_type), changes)
    _keep_what_is_referred_to(plan)  # now that links which go away are gone
    for record_type, keys in plan.remove.items():
        remove_many(model_of(record_type), keys)
    _check_links()


def _keep_what_is_referred_to(plan: Plan) -> None:
    """Take records out of the removal that others, which stay, refer to; until nothing more is kept."""
    leaving = {model_of(record_type): set(keys) for record_type, keys in plan.remove.items()}
    while kept := referred_to(leaving):
        for model, keys in kept.items():
            leaving[model] -= keys
            reason = gettext_noop("other records refer to it now; it was kept")
            plan.conflicts += [Conflict(model.record_type, key, "", reason) for key in keys]
    for model, remaining in leaving.items():
        plan.remove[model.record_type] = list(remaining)


def _check_links() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        raise StillNeeded(_("This can't be undone: other records refer to what it made. Undo those first.")) from error
