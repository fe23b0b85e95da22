"""Hidden fields in memory: whoever loads a record outside a verb gets it without the values hidden from the actor.

So no page, file or message can show them, however it is made. Within a verb records are whole: what it decides and
writes must not depend on who looks. A record loaded before and saved in a verb keeps what was concealed.
"""

from collections.abc import Collection, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import models

from .actors import Actor, actor_if_any
from .attributes import COLUMN, DERIVED, is_attribute
from .events import Change, Event, Operation
from .work import work_under_way

if TYPE_CHECKING:
    from .records import Record

_KEPT = "_concealed"
_OF_ATTRIBUTES = (COLUMN, DERIVED)


def conceal_loaded(record: "Record") -> None:
    """Empty what is hidden from the current actor, unless a verb is under way; called for every row loaded."""
    actor = actor_if_any()
    if actor is not None and actor.hidden_fields and not work_under_way():
        conceal(record, actor)


def conceal(record: "Record", actor: Actor) -> None:
    """Empty the values that are hidden from the actor. What isn't loaded yet is concealed when it is."""
    names = hidden_columns(type(record), actor.hidden_fields)
    attributes = {name for name in names if is_attribute(name)}
    for column in _OF_ATTRIBUTES if attributes else ():
        if kept := record.__dict__.get(column):
            record.__dict__[column] = {name: value for name, value in kept.items() if name not in attributes}
    for name in names:
        if name not in attributes:
            record.__dict__[name] = blank_of(type(record), name)
    if names:
        record.__dict__[_KEPT] = names


def restore_concealed(record: "Record", stored: Mapping[str, Any]) -> None:
    """Before a record is saved: what was concealed and not set since is as the database has it."""
    for name in record.__dict__.pop(_KEPT, ()):
        if is_attribute(name):
            if stored.get(name) is not None:
                record.attributes = {name: stored[name], **record.attributes}
        elif record.__dict__.get(name) == blank_of(type(record), name):
            record.__dict__[name] = stored[name]


def make_whole(record: "Record") -> None:
    """Within a verb: give a record that was loaded before it the values that were concealed."""
    names = record.__dict__.pop(_KEPT, ())
    if not names:
        return
    found = type(record)._base_manager.filter(pk=record.pk).first()
    if found is not None:
        for name in {DERIVED, *(COLUMN if is_attribute(name) else name for name in names)}:
            record.__dict__[name] = found.__dict__[name]


def whole_again(record: "Record") -> None:
    """The record was read anew: nothing of it is concealed."""
    record.__dict__.pop(_KEPT, None)


@cache
def hidden_columns(model: "type[Record]", hidden_fields: frozenset[str]) -> tuple[str, ...]:
    """The columns of a type that these hidden fields name."""
    prefix = f"{model.record_type}."
    names = {name.removeprefix(prefix) for name in hidden_fields if name.startswith(prefix)}
    own = sorted(name for name in names if is_attribute(name))
    return (*(field.attname for field in model._meta.concrete_fields if field.name in names), *own)


@cache
def _columns(model: "type[Record]") -> "dict[str, models.Field[Any, Any]]":
    return {field.attname: field for field in model._meta.concrete_fields}


def silent_events(actor: Actor, events: Collection[Event]) -> set[int]:
    """Of these events those that changed nothing, or nothing but fields hidden from the actor: they are not told.

    A change that changed nothing is not told either, or it would say that nothing hidden changed.
    """
    if not actor.hidden_fields or not events:
        return set()
    heard, changed = set(), set()
    rows = Change.objects.filter(event__in=[event.pk for event in events])
    for event_id, record_type, operation, after in rows.values_list("event_id", "record_type", "operation", "after"):
        changed.add(event_id)
        if operation != Operation.CHANGE or any(tells_of(actor, record_type, column) for column in after or {}):
            heard.add(event_id)
    nothing = {event.pk for event in events if event.verb.endswith(".change")} - heard
    return (changed - heard) | nothing


def tells_of(actor: Actor, record_type: str, column: str) -> bool:
    """Whether a column of a record type may be told of to the actor."""
    names = {f"{record_type}.{column}", f"{record_type}.{column.removesuffix('_id')}"}
    return actor.hidden_fields.isdisjoint(names)


def blank_of(model: "type[Record]", name: str) -> Any:
    """What stands for a hidden value: nothing, or zero where a number must stand."""
    field = _columns(model)[name]
    if field.null:
        return None
    if isinstance(field, models.JSONField):
        return field.get_default()
    return "" if is_text(field) else 0


def can_be_blank(field: "models.Field[Any, Any]") -> bool:
    """Whether there is a value that stands for none, so that the field can be hidden."""
    return (
        field.null or is_text(field) or isinstance(field, models.JSONField | models.IntegerField | models.DecimalField)
    )


def is_text(field: "models.Field[Any, Any]") -> bool:
    """Whether the column holds text."""
    return isinstance(field, models.CharField | models.TextField)
