"""Rows as plain values: what a change stores, and the way back."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

import orjson
from django.db import models

from .attributes import DERIVED, PURGED, is_attribute, spread

Values = dict[str, Any]

_UNRECORDED = frozenset({"updated_at", DERIVED})


@cache
def recorded_fields(model: type[models.Model]) -> "tuple[models.Field[Any, Any], ...]":
    """The columns whose values belong to history: not when it was written, what is derived, secrets, generated ones."""
    hidden = _UNRECORDED | getattr(model, "unrecorded_fields", frozenset())
    return tuple(field for field in written_fields(model) if field.name not in hidden)


@cache
def written_fields(model: type[models.Model]) -> "tuple[models.Field[Any, Any], ...]":
    """The columns that are written: all but those the database generates."""
    return tuple(field for field in model._meta.concrete_fields if not field.generated)


def values_of(record: models.Model) -> Values:
    """The recorded columns of a record in memory, as Python values, and its attributes as they are stored."""
    return spread({field.attname: getattr(record, field.attname) for field in recorded_fields(type(record))})


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Values, Values]:
    """What differs: the old and the new values of just the columns that changed."""
    changed = [name for name in {**after, **before} if after.get(name) != before.get(name)]
    return {name: before.get(name) for name in changed}, {name: after.get(name) for name in changed}


def is_empty(value: object) -> bool:
    """Whether a value says nothing; such values are left out of what a creation stores."""
    return value is None or value in ("", [], {})


def decode(model: type[models.Model], stored: Mapping[str, Any]) -> Values:
    """Python values from what a change stored; columns that no longer exist or were deleted for good are left out."""
    readers, purged = _readers(model), PURGED.get(getattr(model, "record_type", ""), {})
    return {
        name: value if value is None or (read := readers.get(name)) is None else read(value)
        for name, value in stored.items()
        if name in readers or (is_attribute(name) and name not in purged)
    }


@cache
def _readers(model: type[models.Model]) -> dict[str, Callable[[Any], Any] | None]:
    """How each column's stored value is read; None where it is the value itself."""
    return {field.attname: _reader(field) for field in model._meta.concrete_fields}


def _reader(field: "models.Field[Any, Any]") -> Callable[[Any], Any] | None:
    if isinstance(field, models.JSONField):
        return None
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(target, models.CharField | models.TextField):
        return None
    return _identifier if isinstance(target, models.UUIDField) else target.to_python


def _identifier(stored: UUID | str) -> UUID:
    return stored if isinstance(stored, UUID) else UUID(stored)


def python_value(field: "models.Field[Any, Any]", stored: object) -> Any:
    """One stored value as the field's Python value."""
    if stored is None or isinstance(field, models.JSONField):
        return stored
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return target.to_python(stored)


def to_json(value: object) -> bytes:
    """JSON as stored in the history: dates in ISO 8601, decimals and identifiers as text."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Iterable):
        return list(value)
    return str(value)
