"""Undo: plays the changes of an event, or of a whole batch, back.

A field that was changed again since stays as it is and is listed as a conflict. Undo is itself a
verb with an event, so that it can be undone in turn.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from .actors import Actor, ActorKind, current_actor
from .attributes import is_attribute, purged_among
from .bulk import change_many, remove_many, restore_many, stored_rows
from .events import Change, Event, Operation, collect
from .problems import Forbidden, Problem, StillNeeded
from .references import referred_to
from .snapshots import Values, decode, is_empty
from .verbs import VERBS, Risk, Verb
from .work import Work, working

if TYPE_CHECKING:
    from .records import Record


OBJECTIONS: list[Callable[[Event], None]] = []  # each raises `Problem` where an undo has to wait for another one


@dataclass(frozen=True)
class Conflict:
    """Something that undo left alone because it was changed since."""

    record_type: str
    record_id: UUID
    field: str
    reason: str


@dataclass(frozen=True)
class UndoResult:
    """The event of the undo, and what it left alone."""

    event: Event
    conflicts: tuple[Conflict, ...]


@dataclass
class _Plan:
    """The rows to put back, by record type, and what is left alone."""

    restore: dict[str, list[Values]] = field(default_factory=lambda: defaultdict(list))
    reset: dict[str, dict[UUID, Values]] = field(default_factory=lambda: defaultdict(dict))
    remove: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    conflicts: list[Conflict] = field(default_factory=list)


def may_undo(actor: Actor, event: Event) -> bool:
    """Whether this actor may undo this event: one's own, or anybody's with the permission "event.undo"."""
    return _has_the_right(actor, event) and not is_undone(event)


def _has_the_right(actor: Actor, event: Event) -> bool:
    declared = VERBS.get(event.verb)
    if declared is not None and declared.in_batches:
        return False
    return _may_take_back(actor, event, declared)


def _may_take_back(actor: Actor, event: Event, declared: Verb | None) -> bool:
    if actor.kind is ActorKind.AI:  # what is taken back is for people to say
        return False
    reversible = event.undoes_id is not None or (declared is not None and declared.risk is Risk.REVERSIBLE)
    own = event.actor_id is not None and event.actor_id == actor.user_id
    return reversible and (own or actor.may("event.undo"))


def is_undone(event: Event) -> bool:
    """Whether the event is undone now (an undo may itself have been undone)."""
    return event.pk in undone_among([event.pk])


def undone_among(event_ids: Collection[int]) -> set[int]:
    """Those of the events that are undone now; one question however many there are, unless undos were undone."""
    undos = dict(Event.objects.filter(undoes__in=event_ids).values_list("pk", "undoes")) if event_ids else {}
    taken_back = undone_among(undos) if undos else set()
    return {event_id for undo_id, event_id in undos.items() if event_id and undo_id not in taken_back}


def undoable_among(actor: Actor, events: Collection[Event], undone: Collection[int]) -> set[int]:
    """The ids of those events that the actor may undo now, given which of them are undone already."""
    return {event.pk for event in events if event.pk not in undone and _has_the_right(actor, event)}


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
        if not _may_take_back(actor, event, VERBS.get(event.verb)):
            raise Forbidden(_("You may undo what you did yourself. Ask an administrator for the rest."))
        for object_to in OBJECTIONS:
            object_to(event)
        plan = _plan(event)
        work = Work(event.verb, actor, undoes=event)
        with working(work):
            _carry_out(plan)
        work.detail = {"undo": True, "conflicts": [_as_stored(conflict) for conflict in plan.conflicts]}
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


def _plan(event: Event) -> _Plan:
    plan = _Plan()
    by_type: dict[str, list[Change]] = defaultdict(list)
    for change in event.changes.order_by("-id"):
        by_type[change.record_type].append(change)
    for record_type, changes in by_type.items():
        _plan_type(plan, _model(record_type), changes)
    return plan


def _model(record_type: str) -> "type[Record]":
    from .records import RECORD_TYPES  # records import verbs, which this module shares

    return RECORD_TYPES[record_type]


def _plan_type(plan: _Plan, model: "type[Record]", changes: list[Change]) -> None:
    current = stored_rows(model, [change.record_id for change in changes])
    for change in changes:
        row = current.get(change.record_id)
        if change.operation == Operation.CREATE:
            _plan_removal(plan, model, change, row)
        elif change.operation == Operation.REMOVE:
            _plan_restoring(plan, model, change, row)
        else:
            _plan_reset(plan, model, change, row)


def _plan_removal(plan: _Plan, model: "type[Record]", change: Change, row: Values | None) -> None:
    if row is None:
        return
    after = decode(model, change.after or {})
    changed = [name for name in row if name in after or not is_empty(row[name])]
    changed = _fields_changed_since(row, {name: after.get(name) for name in changed})
    if changed:
        plan.conflicts += [_conflict(change, name, _("changed since; the record was kept")) for name in changed]
    else:
        plan.remove[change.record_type].append(change.record_id)


def _plan_restoring(plan: _Plan, model: "type[Record]", change: Change, row: Values | None) -> None:
    if row is None:
        plan.restore[change.record_type].append(decode(model, change.before or {}))
        plan.conflicts += _stays_gone(change)
    else:
        plan.conflicts.append(_conflict(change, "", _("exists again")))


def _plan_reset(plan: _Plan, model: "type[Record]", change: Change, row: Values | None) -> None:
    if row is None:
        plan.conflicts.append(_conflict(change, "", _("deleted since")))
        return
    before, after = decode(model, change.before or {}), decode(model, change.after or {})
    changed = _fields_changed_since(row, after)
    plan.conflicts += [_conflict(change, name, _("changed since; its value was kept")) for name in changed]
    plan.conflicts += _stays_gone(change)
    kept = {name: value for name, value in before.items() if name not in changed}
    if kept:
        plan.reset[change.record_type][change.record_id] = kept


def _stays_gone(change: Change) -> list[Conflict]:
    """What was deleted for good does not come back with the rest."""
    held = [name for name, value in (change.before or {}).items() if not is_empty(value)]
    reason = _("“%(field)s” was deleted for good; its value stays gone")
    return [_conflict(change, "", reason % {"field": label}) for label in purged_among(change.record_type, held)]


def _fields_changed_since(row: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [name for name, value in after.items() if (name in row or is_attribute(name)) and row.get(name) != value]


def _conflict(change: Change, name: str, reason: str) -> Conflict:
    return Conflict(change.record_type, change.record_id, name, reason)


def _as_stored(conflict: Conflict) -> dict[str, str]:
    return {
        "record_type": conflict.record_type,
        "record_id": str(conflict.record_id),
        "field": conflict.field,
        "reason": conflict.reason,
    }


def _carry_out(plan: _Plan) -> None:
    """Restore, reset, then remove; links are checked once at the end, so the order within each is free."""
    for record_type, rows in plan.restore.items():
        restore_many(_model(record_type), rows)
    for record_type, changes in plan.reset.items():
        change_many(_model(record_type), changes)
    _keep_what_is_referred_to(plan)  # now that links which go away are gone
    for record_type, keys in plan.remove.items():
        remove_many(_model(record_type), keys)
    _check_links()


def _keep_what_is_referred_to(plan: _Plan) -> None:
    """Take records out of the removal that others, which stay, refer to; until nothing more is kept."""
    leaving = {_model(record_type): set(keys) for record_type, keys in plan.remove.items()}
    while kept := referred_to(leaving):
        for model, keys in kept.items():
            leaving[model] -= keys
            reason = _("other records refer to it now; it was kept")
            plan.conflicts += [Conflict(model.record_type, key, "", reason) for key in keys]
    for model, remaining in leaving.items():
        plan.remove[model.record_type] = list(remaining)


def _check_links() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        raise StillNeeded(_("This can't be undone: other records refer to what it made. Undo those first.")) from error
