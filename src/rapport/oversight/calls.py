"""Verb calls as JSON and back, and the ground they stand on: what must be as it was when they are carried out."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from rapport.core.attributes import is_attribute
from rapport.core.problems import Problem
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.snapshots import python_value, to_json, values_of
from rapport.core.verbs import Call
from rapport.governance.dictionary import Field, entries

Values = dict[str, Any]


@dataclass(frozen=True)
class Ground:
    """What a call rests on: the values that it replaces, and prints of whole records."""

    before: Values
    rests_on: list[dict[str, str]]


def encoded(value: Any) -> Any:
    """A value of a call as JSON; raises `Problem` for what can't wait, such as an open file."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Record):
        return {"$record": [value.record_type, str(value.pk)]}
    for kind, name in ((Decimal, "decimal"), (UUID, "uuid"), (datetime, "datetime"), (date, "date")):
        if isinstance(value, kind):
            return {f"${name}": value.isoformat() if isinstance(value, date) else str(value)}
    if isinstance(value, list | tuple):
        return [encoded(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): encoded(one) for key, one in value.items()}
    raise Problem(_("This can't wait as a proposal: %(kind)s.") % {"kind": type(value).__name__})


def decoded(value: Any) -> Any:
    """The way back; raises `Problem` when a record it names is gone."""
    if isinstance(value, list):
        return [decoded(one) for one in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        (name, stored), *_rest = value.items()
        if name in _READERS:
            return _READERS[name](stored)
    return {key: decoded(one) for key, one in value.items()}


def _record(stored: list[str]) -> Record:
    record_type, key = stored
    found = RECORD_TYPES[record_type]._base_manager.filter(pk=key).first()
    if found is None:
        raise Problem(_("A record that this proposal names was deleted."))
    return found


_READERS: dict[str, Callable[[Any], Any]] = {
    "$record": _record,
    "$decimal": Decimal,
    "$uuid": UUID,
    "$datetime": datetime.fromisoformat,
    "$date": date.fromisoformat,
}


def fields_set(call: Call) -> list[Field]:
    """The dictionary's fields that the arguments name."""
    found: dict[str, Field] = {}
    for record_type in filter(None, (call.subject.record_type, call.verb.sets)):
        entry = entries().get(record_type)
        for name, _value in call.arguments:
            field = entry and (entry.fields.get(name) or entry.fields.get(name.removesuffix("_id")))
            if field:
                found[f"{record_type}.{field.name}"] = field
    return list(found.values())


def field_names(call: Call) -> list[str]:
    """Their full names, such as "person.phone"."""
    names = []
    for record_type in filter(None, (call.subject.record_type, call.verb.sets)):
        entry = entries().get(record_type)
        known = entry.fields if entry else {}
        given = (name if name in known else name.removesuffix("_id") for name, _value in call.arguments)
        names += [f"{record_type}.{name}" for name in given if name in known]
    return sorted(set(names))


def ground_of(call: Call, besides: Iterable[Record] = ()) -> Ground:
    """The values that the call would replace; where it names no field, its records as a whole."""
    subject = None if isinstance(call.subject, type) else call.subject
    before = _replaced(subject, call) if subject is not None else {}
    given = [value for _name, value in call.arguments if isinstance(value, Record)]
    whole = [*([subject] if subject is not None and not before else []), *given, *besides]
    return Ground(before, [_printed(record) for record in whole])


def _replaced(subject: Record, call: Call) -> Values:
    now = stored_values(subject)
    return {name: encoded(now[key]) for name, _value in call.arguments if (key := _column(now, name)) is not None}


def stored_values(record: Record) -> Values:
    """The recorded columns of a record as the database has them now; empty when it is gone."""
    found = type(record)._base_manager.filter(pk=record.pk).first()
    return {} if found is None else values_of(found)


def _column(values: Mapping[str, Any], name: str) -> str | None:
    if is_attribute(name):
        return name if name in values else None
    return next((key for key in (name, f"{name}_id") if key in values), None)


def _printed(record: Record) -> dict[str, str]:
    return {"type": record.record_type, "id": str(record.pk), "print": _print(stored_values(record))}


def _print(values: Values) -> str:
    return hashlib.sha256(to_json(sorted(values.items()))).hexdigest()


def changed_ground(
    subject: Record | None, before: Mapping[str, Any], rests_on: Iterable[Mapping[str, str]]
) -> list[str]:
    """What is no longer as it was: names of fields, or the ids of records that changed as a whole."""
    now = stored_values(subject) if subject is not None else {}
    changed = [name for name, value in before.items() if encoded(_now(now, name)) != value]
    return changed + list(_records_changed(rests_on))


def _now(values: Mapping[str, Any], name: str) -> Any:
    key = _column(values, name)
    return None if key is None else values[key]


def is_as_proposed(arguments: Mapping[str, Any], written: str | Mapping[str, Any]) -> bool:
    """Whether a change in the history wrote all that these arguments of a proposal say."""
    values = json.loads(written) if isinstance(written, str) else written
    return all(_is_written(value, values, name) for name, value in arguments.items())


def _is_written(value: Any, values: Mapping[str, Any], name: str) -> bool:
    key = _column(values, name)
    if key is None:
        return False
    kind, plain = next(iter(value.items())) if isinstance(value, dict) and len(value) == 1 else ("", value)
    if kind == "$decimal" and values[key] is not None:
        return Decimal(str(values[key])) == Decimal(plain)
    return bool(values[key] == (plain[1] if kind == "$record" else plain))


def _records_changed(rests_on: Iterable[Mapping[str, str]]) -> Iterator[str]:
    for kept in rests_on:
        found = RECORD_TYPES[kept["type"]]._base_manager.filter(pk=kept["id"]).first()
        if found is None or _print(values_of(found)) != kept["print"]:
            yield kept["id"]


def fingerprint(verb: str, subject_id: UUID | None, arguments: Mapping[str, Any], before: Mapping[str, Any]) -> str:
    """What makes two proposals the same: the call and what it would replace."""
    return hashlib.sha256(
        to_json([verb, str(subject_id), sorted(arguments.items()), sorted(before.items())])
    ).hexdigest()


def as_python(field: "models.Field[Any, Any]", value: Any) -> Any:
    """A value that a person typed, as the column's own kind."""
    return python_value(field, value)
