"""The history of a record: every event that touched it, in words, with what can be undone."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from rapport.core.actors import Actor, ActorKind
from rapport.core.concealing import silent_events
from rapport.core.events import Change, Event
from rapport.core.merging.merger import with_merged
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.undo import Conflict, undoable_among, undone_among
from rapport.core.verbs import VERBS

from .left_alone import left_alone_in_words
from .origins import source_in_words
from .told import ChangedField, Telling

AT_ONCE = 30
MANY = 8
_CHANGES_AT_MOST = 300


@dataclass(frozen=True)
class HistoryLine:
    """One event as it is told."""

    event: Event
    fields: tuple[ChangedField, ...]
    is_undone: bool
    may_undo: bool
    actor: Actor
    shows_import: bool
    """Whether it is part of an import whose page its reader may open."""

    @property
    def verb(self) -> str:
        """What was done, in the past: "changed"."""
        declared = VERBS.get(self.event.verb)
        return str(declared.past) if declared else self.event.verb

    @property
    def groups(self) -> list[tuple[str, list[ChangedField]]]:
        """The fields of the record itself, and those of each record changed along under its name."""
        grouped: dict[str, list[ChangedField]] = defaultdict(list)
        for changed in self.fields:
            grouped[changed.of].append(changed)
        return list(grouped.items())

    @property
    def is_long(self) -> bool:
        """Whether so much changed that it is told only when asked for."""
        return len(self.fields) > MANY

    @property
    def is_undo(self) -> bool:
        """Whether it took another event back."""
        return self.event.undoes_id is not None

    @property
    def is_machine(self) -> bool:
        """Whether a machine did it."""
        return self.event.actor_kind in (ActorKind.AI, ActorKind.AUTOMATION)

    @property
    def approved_by(self) -> str:
        """Who said yes to what a machine proposed."""
        return str((self.event.detail.get("machine") or {}).get("approved_by") or "")

    @property
    def is_import(self) -> bool:
        """Whether it is part of an import, which is undone as a whole."""
        return is_of_import(self.event)

    @property
    def source(self) -> str:
        """Where it came from."""
        return source_in_words(self.event.source)

    @property
    def kept(self) -> list[str]:
        """What an undo left alone, and why."""
        conflicts = [Conflict.from_stored(kept) for kept in self.event.detail.get("conflicts") or ()]
        return left_alone_in_words(self.actor, conflicts)[:20]

    @property
    def icon(self) -> str:
        """The drawing beside it."""
        action = self.event.verb.partition(".")[2]
        icons = {"create": "plus", "change": "pencil", "remove": "trash-2"}
        return "undo-2" if self.is_undo else icons.get(action, "activity")


def is_of_import(event: Event) -> bool:
    """Whether an event is one of many of an import: each touches many records at once."""
    return event.batch is not None and event.subject_type in ("", "import")


@dataclass(frozen=True)
class HistoryPage:
    """Some lines, newest first, and the event to go on before."""

    lines: tuple[HistoryLine, ...]
    older: int | None


def history_page(record: Record, actor: Actor, *, before: int | None = None) -> HistoryPage:
    """The newest events that touched a record or what was merged into it, or those before one of them."""
    ids = with_merged(record.pk)
    found = _events(ids, before)
    events = found[:AT_ONCE]
    following = events[-1].pk if len(found) > AT_ONCE else None
    silent = silent_events(actor, events)
    events = [event for event in events if event.pk not in silent]
    changes = _changes(ids, events)
    undone = undone_among([event.pk for event in events])
    undoable = undoable_among(actor, events, undone)
    fields = _fields_by_event(record, actor, changes)
    imports = _imports_shown(actor, events)
    lines = tuple(
        HistoryLine(
            event, tuple(fields[event.pk]), event.pk in undone, event.pk in undoable, actor, event.batch in imports
        )
        for event in events
    )
    return HistoryPage(lines, following)


def _imports_shown(actor: Actor, events: Sequence[Event]) -> set[UUID | None]:
    """The imports that the actor may look at, of those the events are part of."""
    batches = {event.batch for event in events if event.batch and is_of_import(event)}
    if not batches:
        return set()
    return set(RECORD_TYPES["import"].objects.visible_to(actor).filter(pk__in=batches).values_list("pk", flat=True))


def _events(record_ids: Collection[UUID], before: int | None) -> list[Event]:
    """The newest events, one more than are shown: those that changed the record, and those about it."""
    changed = Change.objects.filter(record_id__in=record_ids).values("event_id")
    about = Event.objects.filter(subject_id__in=record_ids).values("id")
    events = Event.objects.filter(pk__in=changed.union(about))
    if before is not None:
        events = events.filter(pk__lt=before)
    return list(events.order_by("-id")[: AT_ONCE + 1])


def _changes(record_ids: Collection[UUID], events: Sequence[Event]) -> list[Change]:
    """The record's own changes in all these events, and in those about it what was changed along."""
    about = [event.pk for event in events if event.subject_id in record_ids]
    told = Q(event__in=events, record_id__in=record_ids) | Q(event__in=about)
    return list(Change.objects.filter(told).order_by("id")[:_CHANGES_AT_MOST])


def _fields_by_event(record: Record, actor: Actor, changes: Sequence[Change]) -> dict[int, list[ChangedField]]:
    telling = Telling(actor, record)
    told = [
        (change.event_id, telling.tell(change.record_type, change.record_id, change.before, change.after))
        for change in changes
    ]
    fields: dict[int, list[ChangedField]] = defaultdict(list)
    for event_id, one in told:
        fields[event_id] += telling.fields(one) if one else ()
    return fields
