"""The work of one verb call: it gathers what is written, then writes the event with all changes."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Union
from uuid import UUID

from .actors import Actor
from .copying import copy_rows
from .derived import settle
from .events import OUTLETS, Event, Operation, circumstances, told_besides
from .problems import OutsideVerb
from .snapshots import Values, difference, is_empty, to_json

if TYPE_CHECKING:
    from .records import Record


SubjectColumns = tuple[str, str, UUID | None]
Subject = Union["Record", "type[Record]", SubjectColumns]


@dataclass
class RowChange:
    """What happens to one row during the work: its values before and after, None where it does not exist."""

    record: "type[Record]"
    before: Values | None
    after: Values | None

    def as_stored(self) -> tuple[Operation, Values | None, Values | None] | None:
        """Operation, before and after as history keeps them; None when nothing changed in the end."""
        if self.before is None:
            return None if self.after is None else (Operation.CREATE, None, _without_empty(self.after))
        if self.after is None:
            return Operation.REMOVE, self.before, None
        before, after = difference(self.before, self.after)
        return (Operation.CHANGE, before, after) if after else None


def _without_empty(values: Values) -> Values:
    return {name: value for name, value in values.items() if value or not is_empty(value)}


@dataclass
class Work:
    """One verb call under way."""

    verb: str
    actor: Actor
    rows: dict[UUID, RowChange] = field(default_factory=dict)
    baselines: dict[UUID, Values] = field(default_factory=dict)
    detail: Values = field(default_factory=dict)
    undoes: Event | None = None

    def note(self, model: "type[Record]", record_id: UUID, before: Values | None, after: Values | None) -> None:
        """Remember that a row went from `before` to `after`; several notes on one row become one change."""
        known = self.rows.get(record_id)
        if known is None:
            self.rows[record_id] = RowChange(model, before, after)
        else:
            known.after = after

    def write_event(self, subject: Subject, *, reason: str = "") -> Event:
        """Write the event and its changes; called once, at the end, inside the transaction."""
        settle(self)
        batch, source, because = circumstances()
        label, record_type, record_id = _subject_columns(subject)
        event = Event.objects.create(
            verb=self.verb,
            actor_kind=self.actor.kind,
            actor_id=self.actor.user_id,
            actor_name=self.actor.name,
            on_behalf_of=self.actor.on_behalf_of,
            subject_type=record_type,
            subject_id=record_id,
            subject_label=label,
            source=source or self.actor.source,
            reason=reason or because,
            batch=batch,
            undoes=self.undoes,
            detail=json.loads(to_json({**told_besides(), **self.detail})),
        )
        write_changes(event.id, self.rows)
        for outlet in OUTLETS:
            outlet(event)
        return event


def _subject_columns(subject: Subject) -> SubjectColumns:
    if isinstance(subject, tuple):
        return subject
    if isinstance(subject, type):
        return str(subject._meta.verbose_name_plural), subject.record_type, None
    return subject.title[:300], subject.record_type, subject.pk


def write_changes(event_id: int, rows: Mapping[UUID, RowChange]) -> None:
    """Store the changes of one event, in the order they were made."""
    copy_rows(
        "core_change",
        ("event_id", "record_type", "record_id", "operation", "before", "after"),
        _stored(event_id, rows),
    )


def _stored(event_id: int, rows: Mapping[UUID, RowChange]) -> Iterator[tuple[object, ...]]:
    for record_id, row in rows.items():
        stored = row.as_stored()
        if stored is None:
            continue
        operation, before, after = stored
        yield event_id, row.record.record_type, record_id, operation.value, _json(before), _json(after)


def _json(values: Values | None) -> str | None:
    return None if values is None else to_json(values).decode()


_current: ContextVar[Work | None] = ContextVar("current_work", default=None)


def work_under_way() -> Work | None:
    """The verb call now running, if any."""
    return _current.get()


def current_work() -> Work:
    """The verb call now running; raises `OutsideVerb` when there is none."""
    work = _current.get()
    if work is None:
        raise OutsideVerb("Records change only through verbs: call a verb of the record instead of writing it.")
    return work


@contextmanager
def working(work: Work) -> Iterator[Work]:
    """Within the block, writes to records belong to `work`."""
    token = _current.set(work)
    try:
        yield work
    finally:
        _current.reset(token)


@contextmanager
def apart() -> Iterator[None]:
    """Within the block, verbs called by a verb are events of their own, in the same transaction."""
    token = _current.set(None)
    try:
        yield
    finally:
        _current.reset(token)
