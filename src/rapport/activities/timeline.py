"""The one timeline of a record: what was done with it and what changed in it, newest first, page by page.

Two ordered streams are merged: items (activities, orders, contracts, tickets …: see `placing`) and the events of the
record itself. Both are read by key from where the last page ended, so that any page costs the same: two questions for
the streams, one for all items of whatever kinds, one for the titles of owners and subjects (and one more where an
event was done to another record, whose name not everybody may see).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from rapport.core.actors import Actor
from rapport.core.events import Change, Event
from rapport.core.merging.merger import merged_into
from rapport.core.often_asked import often_asked, planned_once
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.scopes import in_scope
from rapport.core.search_entries import SearchEntry, normalise

from .about import Subject, titles_of
from .models import Activity, TimelineEntry
from .placing import TIMELINE_ITEMS
from .rows import fetch
from .timeline_cursor import EVENT_RANK, ITEM_RANK, Cursor

Entries = QuerySet[TimelineEntry, tuple[datetime, UUID, str]]

EVENT = "event"
PAGE_LENGTH = 30


@dataclass(frozen=True)
class TitledSubject:
    """A record that an activity is about, with its title."""

    record_type: str
    record_id: UUID
    title: str


@dataclass(frozen=True)
class TimelineItem:
    """One thing on a timeline: a record of type `kind`, or an event with what it changed in the record.

    An event that was done to another record, which the actor may not see, comes without that one's name and the reason.
    """

    at: datetime
    kind: str
    key: UUID | int
    record: Record | None = None
    event: Event | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    owner_name: str = ""
    about: tuple[TitledSubject, ...] = ()


@dataclass(frozen=True)
class TimelinePage:
    """Some items, newest first, and the cursor of the page that follows, if any."""

    items: tuple[TimelineItem, ...]
    following: str | None


@dataclass(frozen=True)
class _Row:
    cursor: Cursor
    kind: str
    event: Event | None = None


def timeline(
    actor: Actor,
    record: Record,
    *,
    kinds: Collection[str] = (),
    text: str = "",
    before: str | None = None,
    length: int = PAGE_LENGTH,
) -> TimelinePage:
    """One page of a record's timeline as the actor may see it.

    `kinds` are record types or "event" (none: all); `text` leaves only items that hold all its words; `before` is the
    `following` of the page above. A cursor that isn't ours raises `Problem`.
    """
    if not record.may_be_seen_by(actor):
        return TimelinePage((), None)
    start = Cursor.read(before) if before else None
    streams = [_item_rows(actor, record, kinds=kinds, text=text, start=start, most=length + 1)]
    if not text and (not kinds or EVENT in kinds):
        streams.append(_event_rows(record, start=start, most=length + 1))
    rows = list(islice(merge(*streams, key=lambda row: row.cursor, reverse=True), length + 1))
    following = rows[length - 1].cursor.written() if len(rows) > length else None
    _hide_names(actor, record, [row.event for row in rows if row.event])
    return TimelinePage(tuple(_shown(rows[:length])), following)


def entries_visible_to(actor: Actor, *, kinds: Collection[str] = ()) -> QuerySet[TimelineEntry]:
    """The entries of items that the actor may see, of these kinds or of all."""
    shown = set(kinds or TIMELINE_ITEMS) & set(TIMELINE_ITEMS)
    return TimelineEntry.objects.filter(in_scope(actor, shown, type_column="item_type", id_column="item_id"))


def _item_rows(
    actor: Actor, record: Record, *, kinds: Collection[str], text: str, start: Cursor | None, most: int
) -> Iterator[_Row]:
    if text or start:
        entries = iter(_items(actor, record.pk, kinds=kinds, text=text, start=start)[:most])
    else:
        entries = iter(_newest_items(actor, frozenset(kinds), most, record_id=record.pk))
    for at, item_id, item_type in entries:
        yield _Row(Cursor(at, ITEM_RANK, item_id.int), item_type)


@often_asked
def _newest_items(actor: Actor, kinds: frozenset[str], most: int, *, record_id: UUID) -> Entries:
    return _items(actor, record_id, kinds=kinds)[:most]


def _items(
    actor: Actor, record_id: UUID, *, kinds: Collection[str], text: str = "", start: Cursor | None = None
) -> Entries:
    entries = entries_visible_to(actor, kinds=kinds).filter(record_id=record_id)
    if text:
        found = SearchEntry.objects.filter(record_id=OuterRef("item_id"))
        for word in normalise(text).split():
            found = found.filter(text__contains=word)
        entries = entries.filter(Exists(found))
    if start:
        entries = entries.filter(start.older("item_id", ITEM_RANK))
    return entries.order_by("-at", "-item_id").values_list("at", "item_id", "item_type")


def _event_rows(record: Record, *, start: Cursor | None, most: int) -> Iterator[_Row]:
    events = _events(record.pk, start=start)[:most] if start else _newest_events(most, record_id=record.pk)
    for event in events:
        yield _Row(Cursor(event.at, EVENT_RANK, event.pk), EVENT, event)


@planned_once
def _newest_events(most: int, *, record_id: UUID) -> QuerySet[Event]:
    return _events(record_id)[:most]


def _events(record_id: UUID, *, start: Cursor | None = None) -> QuerySet[Event]:
    """The events of a record and of those merged into it."""
    merged = ArraySubquery(merged_into(record_id))  # as an array, so that the indexes are used
    told = Event.objects.filter(Q(subject_id=record_id) | Q(subject_id__among=merged)).values("id")
    touching = Change.objects.filter(Q(record_id=record_id) | Q(record_id__among=merged)).values("event_id")
    events = Event.objects.filter(pk__in=told.union(touching))
    own = FilteredRelation("changes", condition=Q(changes__record_id=record_id))
    events = events.annotate(own=own).annotate(before=F("own__before"), after=F("own__after"))
    if start:
        events = events.filter(start.older("id", EVENT_RANK))
    return events.order_by("-at", "-id")


def _hide_names(actor: Actor, record: Record, events: Iterable[Event]) -> None:
    """Take the names of records that the actor may not see off events that touched this one too."""
    others = [event for event in events if event.subject_id not in (None, record.pk)]
    guarded = [event for event in others if _is_restricted(event.subject_type, actor)]
    if not guarded:
        return
    types = {event.subject_type for event in guarded} & set(RECORD_TYPES)
    entries = SearchEntry.objects.filter(record_id__in=[event.subject_id for event in guarded])
    visible = in_scope(actor, types, type_column="record_type", id_column="record_id")
    seen = set(entries.filter(visible).values_list("record_id", flat=True)) | set(merged_into(record.pk))
    for event in guarded:
        if event.subject_id not in seen:
            event.subject_label = event.reason = ""


def _is_restricted(record_type: str, actor: Actor) -> bool:
    model = RECORD_TYPES.get(record_type)
    return model is None or model.restricts(actor)


def _shown(rows: list[_Row]) -> Iterator[TimelineItem]:
    wanted = [(row.kind, UUID(int=row.cursor.key)) for row in rows if row.event is None]
    records = fetch(wanted)
    titles = titles_of(key for record in records.values() for key in _named_by(record))
    for row in rows:
        if row.event is not None:
            yield _event_item(row.cursor, row.event)
        elif record := records.get(UUID(int=row.cursor.key)):
            yield _record_item(row.cursor, record, titles)


def _named_by(record: Record) -> Iterable[UUID]:
    owner_id = record.__dict__.get("owner_id")
    about = record.about_subjects if isinstance(record, Activity) else []
    return [*([owner_id] if owner_id else []), *(subject.record_id for subject in about)]


def _event_item(cursor: Cursor, event: Event) -> TimelineItem:
    changed = event.__dict__
    return TimelineItem(
        cursor.at,
        EVENT,
        event.pk,
        event=event,
        before=changed["before"],
        after=changed["after"],
        owner_name=event.actor_name,
    )


def _record_item(cursor: Cursor, record: Record, titles: Mapping[UUID, str]) -> TimelineItem:
    about = record.about_subjects if isinstance(record, Activity) else []
    return TimelineItem(
        cursor.at,
        record.record_type,
        record.pk,
        record=record,
        owner_name=titles.get(record.__dict__.get("owner_id") or record.pk, ""),
        about=tuple(_titled(subject, titles) for subject in about if subject.record_id in titles),
    )


def _titled(subject: Subject, titles: Mapping[UUID, str]) -> TitledSubject:
    return TitledSubject(subject.record_type, subject.record_id, titles[subject.record_id])
