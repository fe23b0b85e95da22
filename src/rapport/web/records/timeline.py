"""The timeline of a record as the page shows it: filters, search, and each item in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from rapport.activities.models import ACTIVITY_TYPES
from rapport.activities.placing import TIMELINE_ITEMS
from rapport.activities.timeline import EVENT, TimelineItem, timeline
from rapport.core.actors import Actor, ActorKind
from rapport.core.concealing import silent_events
from rapport.core.events import Event
from rapport.core.problems import Problem
from rapport.core.records import Record
from rapport.core.undo import undoable_among, undone_among
from rapport.core.verbs import VERBS
from rapport.governance.dictionary import entries
from rapport.web.places import record_address

from .told import ChangedField, Telling, Told

AT_ONCE = 15
_LONGEST = 600
_LONGEST_LABEL = 80


@dataclass(frozen=True)
class TimelineLine:
    """One item of the timeline."""

    item: TimelineItem
    fields: tuple[ChangedField, ...]
    may_undo: bool
    is_undone: bool
    of: Record

    @cached_property
    def undo(self) -> int | None:
        """The event to take back."""
        event = self.item.event
        return event.pk if event is not None and self.may_undo else None

    @cached_property
    def is_event(self) -> bool:
        """Whether it is a change of the record rather than something done."""
        return self.item.event is not None

    @property
    def is_machine(self) -> bool:
        """Whether a machine did it."""
        event = self.item.event
        return event is not None and event.actor_kind in (ActorKind.AI, ActorKind.AUTOMATION)

    @property
    def icon(self) -> str:
        """The drawing of its kind."""
        event = self.item.event
        if event is None:
            return entries()[self.item.kind].icon
        action = event.verb.partition(".")[2]
        return {"create": "plus", "change": "pencil"}.get(action, "activity")

    @cached_property
    def verb(self) -> str:
        """What was done, in a word."""
        event = self.item.event
        if event is None:
            return str(entries()[self.item.kind].label)
        declared = VERBS.get(event.verb)
        told = str(declared.past) if declared else event.verb
        return _("took back: %(verb)s") % {"verb": told} if event.undoes_id else told

    @property
    def about_other(self) -> str:
        """The record an event was done to, when it only touched this one."""
        event = self.item.event
        if event is None or event.subject_id == self.of.pk:
            return ""
        return Truncator(event.subject_label).chars(_LONGEST_LABEL)

    @cached_property
    def changes(self) -> tuple[ChangedField, ...]:
        """The fields that changed; a creation fills so many that its verb says enough."""
        return () if self.item.before is None or not self.item.before else self.fields

    @cached_property
    def title(self) -> str:
        """The title of an item; a note's is how its text begins, and would be said twice."""
        record = self.item.record
        return "" if record is None or self.item.kind == "note" else record.title

    @cached_property
    def text(self) -> str:
        """What was written, cut where it gets long."""
        text = str(getattr(self.item.record, "text", "") or "")
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"

    @property
    def is_of_a_day(self) -> bool:
        """Whether it belongs to a day rather than to a moment."""
        return self.item.kind in ("opportunity", "order", "contract")

    @cached_property
    def href(self) -> str:
        """The page of the item."""
        return record_address(self.item.kind, self.item.record.pk) if self.item.record else ""

    @cached_property
    def others(self) -> list[tuple[str, str]]:
        """Title and address of what else the item is about."""
        about = [one for one in self.item.about if one.record_id != self.of.pk and one.record_type != "user"]
        return [(one.title, record_address(one.record_type, one.record_id)) for one in about[:4]]

    @cached_property
    def state(self) -> str:
        """A state worth seeing: a task's, a meeting's, a call's."""
        record: Any = self.item.record
        names = {"meeting": "status", "call": "outcome", "ticket": "status", "contract": "status"}
        name = names.get(self.item.kind)
        if record is None or name is None or name not in entries()[self.item.kind].fields:
            return ""
        return entries()[self.item.kind].fields[name].domain.display(getattr(record, name, None))


@dataclass(frozen=True)
class Filter:
    """One kind of item that can be shown alone."""

    label: str
    href: str
    is_on: bool


@dataclass(frozen=True)
class TimelineView:
    """A part of the timeline with its filters."""

    lines: tuple[TimelineLine, ...]
    older: str
    filters: tuple[Filter, ...]
    text: str
    kind: str

    @property
    def is_narrowed(self) -> bool:
        """Whether not everything is shown."""
        return bool(self.text or self.kind)


def timeline_of(record: Record, actor: Actor, asked: QueryDict) -> TimelineView:
    """The timeline as `?kind=`, `?q=` and `?before=` ask for it; what can't be understood is left out."""
    kind = asked.get("kind", "")
    kind = kind if kind in (EVENT, *TIMELINE_ITEMS) else ""
    text = asked.get("q", "").replace("\x00", "").strip()[:200]
    kinds = [kind] if kind else ()
    try:
        page = timeline(actor, record, kinds=kinds, text=text, before=asked.get("before") or None, length=AT_ONCE)
    except Problem:
        page = timeline(actor, record, kinds=kinds, text=text, length=AT_ONCE)
    older = _address(kind=kind, q=text, before=page.following) if page.following else ""
    lines = _lines(page.items, record, actor, is_cut="before" in asked)
    return TimelineView(tuple(lines), older, tuple(_filters(record, kind, text)), text, kind)


def _lines(items: Sequence[TimelineItem], record: Record, actor: Actor, *, is_cut: bool) -> list[TimelineLine]:
    silent = silent_events(actor, [item.event for item in items if item.event is not None])
    items = [item for item in items if item.event is None or item.event.pk not in silent]
    events = [item.event for item in items if item.event is not None]
    undone = undone_among([event.pk for event in events]) if is_cut else _undone_by(events)
    undoable = undoable_among(actor, events, undone)
    telling = Telling(actor, record)
    told = {item.key: _told(telling, record, item) for item in items if item.event is not None}
    fields = {key: telling.fields(one) for key, one in told.items() if one}
    return [
        TimelineLine(item, fields.get(item.key, ()), item.key in undoable, item.key in undone, record) for item in items
    ]


def _undone_by(events: Sequence[Event]) -> set[int]:
    """Those undone by others among them; enough where nothing newer is left out, because an undo is always newer."""
    undone: set[int] = set()
    for event in sorted(events, key=lambda event: -event.pk):
        if event.undoes_id is not None and event.pk not in undone:
            undone.add(event.undoes_id)
    return undone


def _told(telling: Telling, record: Record, item: TimelineItem) -> Told | None:
    if item.before is None or item.after is None:
        return None
    return telling.tell(record.record_type, record.pk, item.before, item.after)


def _filters(record: Record, kind: str, text: str) -> list[Filter]:
    """All kinds on the page of a customer; elsewhere what people do is enough."""
    activities = {model.record_type for model in ACTIVITY_TYPES}
    is_customer = record.record_type in ("organisation", "person")
    shown = [name for name in TIMELINE_ITEMS if name in entries() and (is_customer or name in activities)]
    named = [(name, str(entries()[name].plural)) for name in shown]
    choices = [("", _("All")), *named, (EVENT, _("Changes"))]
    return [Filter(label, _address(kind=name, q=text), name == kind) for name, label in choices]


def _address(**asked: str | None) -> str:
    given = {name: value for name, value in asked.items() if value}
    return f"?{urlencode(given)}"
