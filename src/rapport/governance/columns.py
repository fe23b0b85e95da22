"""Between parsed values and columns: what "nothing" is for each, and whether two values are the same."""

from typing import Any

from django.db import models

from rapport.core.records import Record

from .dictionary import Field


def column_of(model: type[Record], name: str) -> "models.Field[Any, Any]":
    """The model's column behind a field."""
    column: models.Field[Any, Any] = model._meta.get_field(name)  # type: ignore[assignment]
    return column


def stored_form(model: type[Record], field: Field, value: Any) -> Any:
    """A parsed value as its column keeps it: "" or the default where the column holds no NULL."""
    column = column_of(model, field.name)
    if value is not None or column.null:
        return value
    if isinstance(column, models.CharField | models.TextField):
        return ""
    return column.get_default() if column.has_default() else None


def current_of(record: Record, field: Field) -> Any:
    """The value a record has now; for a link the id, so that nothing is fetched."""
    return getattr(record, column_of(type(record), field.name).attname)


def comparable(value: Any) -> Any:
    """A value reduced to what tells it from others: records by id, all empty values alike."""
    if isinstance(value, Record):
        return value.pk
    return None if value in ("", [], {}) else value
