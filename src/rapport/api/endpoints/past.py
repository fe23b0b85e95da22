"""What happened: the history of a record, its timeline, and undo."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from rapport.activities.placing import TIMELINE_ITEMS
from rapport.activities.timeline import EVENT, TimelineItem, timeline
from rapport.core.actors import Actor
from rapport.core.concealing import silent_events
from rapport.core.events import Change, Event, history_of
from rapport.core.merging.merger import with_merged
from rapport.core.problems import Problem
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.undo import Named, named_for, undo_event, undoable_among, undone_among
from rapport.governance.readable_changes import readable_changes

from ..calls import Call, as_json
from ..collections import Collection
from ..parameters import LONGEST_SEARCH, Parameters
from ..problems import not_found, wrong_parameter
from ..values import write_moment
from .finding import collection_for, record_for

AT_ONCE, MOST = 50, 200
_LARGEST_ID = 2**63 - 1


def history(call: Call, collection: str, record_id: UUID) -> HttpResponse:
    """Each change of a record's own fields, and of what was merged into it, newest first."""
    found = collection_for(call.actor, collection)
    asked = Parameters(call.request, known=("limit", "before"))
    record = record_for(call.actor, found, record_id)
    size = asked.number("limit", AT_ONCE, least=1, most=MOST)
    before = asked.number("before", _LARGEST_ID, least=1, most=_LARGEST_ID)
    shown, following = _page(history_of(*with_merged(record.pk)), before, size)
    silent = silent_events(call.actor, [change.event for change in shown])
    shown = [change for change in shown if change.event_id not in silent]
    return as_json({"items": _told(call.actor, found, shown), "next": following})


def _page(changes: QuerySet[Change], before: int, size: int) -> tuple[list[Change], int | None]:
    """As many changes as asked for, and all others of the last one's event; that event, if there are older ones."""
    ordered = changes.order_by("-event_id", "-id")
    found = list(ordered.filter(event_id__lt=before)[: size + 1])
    if len(found) <= size:
        return found, None
    last = found[size - 1].event_id
    rest = ordered.filter(event_id=last, pk__lt=found[size - 1].pk)
    is_last = not changes.filter(event_id__lt=last).exists()
    return [*found[:size], *rest], None if is_last else last


def _told(actor: Actor, collection: Collection, changes: Sequence[Change]) -> list[dict[str, Any]]:
    events = [change.event for change in changes]
    undone = undone_among([event.pk for event in events])
    undoable = undoable_among(actor, events, undone)
    return [
        {
            **_event(change.event),
            "operation": change.operation,
            "before": readable_changes(actor, collection.entry, change.before),
            "after": readable_changes(actor, collection.entry, change.after),
            "is_undone": change.event_id in undone,
            "may_undo": change.event_id in undoable,
        }
        for change in changes
    ]


def _event(event: Event) -> dict[str, Any]:
    return {
        "event": event.pk,
        "at": write_moment(event.at),
        "verb": event.verb,
        "by": event.actor_name,
        "by_kind": event.actor_kind,
        "source": event.source,
    }


def events_of(call: Call, collection: str, record_id: UUID) -> HttpResponse:
    """The timeline of a record: activities, orders, tickets and changes, newest first."""
    found = collection_for(call.actor, collection)
    asked = Parameters(call.request, known=("kinds", "q", "limit", "cursor"))
    record = record_for(call.actor, found, record_id)
    kinds = asked.names("kinds")
    for kind in kinds:
        if kind != EVENT and kind not in TIMELINE_ITEMS:
            known = ", ".join([EVENT, *TIMELINE_ITEMS])
            raise wrong_parameter("kinds", _("“%(text)s” is none of: %(known)s.") % {"text": kind[:60], "known": known})
    return as_json(_timeline(call.actor, record, kinds, asked))


def _timeline(actor: Actor, record: Record, kinds: Sequence[str], asked: Parameters) -> dict[str, Any]:
    size = asked.number("limit", 30, least=1, most=100)
    readable = [kind for kind in kinds or [EVENT, *TIMELINE_ITEMS] if kind == EVENT or _may_read(actor, kind)]
    try:
        page = timeline(
            actor,
            record,
            kinds=readable,
            text=asked.text("q", most=LONGEST_SEARCH),
            before=asked.text("cursor") or None,
            length=size,
        )
    except Problem as problem:
        raise wrong_parameter("cursor", problem) from None
    silent = silent_events(actor, [item.event for item in page.items if item.event is not None])
    told = [item for item in page.items if item.event is None or item.event.pk not in silent]
    return {"items": [_item(item) for item in told], "next": page.following}


def _may_read(actor: Actor, record_type: str) -> bool:
    return actor.may(f"{record_type}.read") or not RECORD_TYPES[record_type].restricts(actor)


def _item(item: TimelineItem) -> dict[str, Any]:
    about = [{"type": one.record_type, "id": str(one.record_id), "title": one.title} for one in item.about]
    shown: dict[str, Any] = {"at": write_moment(item.at), "kind": item.kind, "by": item.owner_name, "about": about}
    if item.event is not None:
        return shown | {"id": None, "title": item.event.subject_label, "event": item.event.pk, "verb": item.event.verb}
    title = item.record.title if item.record is not None else ""
    return shown | {"id": str(item.key), "title": title, "event": None, "verb": None}


def undo(call: Call, event_id: int) -> HttpResponse:
    """Undo what an event did; what was changed since is left alone and named."""
    Parameters(call.request, known=())
    event = Event.objects.filter(pk=event_id).first() if event_id <= _LARGEST_ID else None
    if event is None or not _may_know(call.actor, event):
        raise not_found()
    result = undo_event(event)
    conflicts = [_conflict(one) for one in named_for(call.actor, result.conflicts)]
    return as_json({"event": result.event.pk, "conflicts": conflicts})


def _conflict(named: Named) -> dict[str, str]:
    one = named.conflict
    record = {"type": one.record_type, "id": str(one.record_id), "title": named.title}
    return {**record, "field": one.field, "reason": one.said}


def _may_know(actor: Actor, event: Event) -> bool:
    """One's own events, and those of records that one sees."""
    if event.actor_id is not None and event.actor_id == actor.user_id:
        return True
    model = RECORD_TYPES.get(event.subject_type)
    if model is None or event.subject_id is None:
        return False
    return model.objects.visible_to(actor).filter(pk=event.subject_id).exists()
