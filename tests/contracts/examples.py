"""Stored records from the examples of rules: what is linked is made too, whatever the record's own checks would say."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from rapport.core.actors import SYSTEM
from rapport.core.bulk import create_many
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.work import Work, working
from rapport.pipeline.models import Pipeline
from rapport.quality.ruling import Day, Example

_NEEDED: Mapping[str, Mapping[str, Any]] = {
    "stage": {"name": "A stage", "position": 9, "pipeline": {"name": "A pipeline"}},
    "contract": {"organisation": {"name": "Acme"}},
}


def make(record_type: str, example: Example) -> UUID:
    """A record with these values; `record` names another type, `beside` others of the same."""
    values = dict(example)
    record_type = values.pop("record", record_type)
    model = RECORD_TYPES[record_type]
    for other in values.pop("beside", ()):
        make(record_type, other)
    children = {
        name: values.pop(name) for name in list(values) if isinstance(values[name], list) and name in RECORD_TYPES
    }
    needed = {name: value for name, value in _NEEDED.get(record_type, {}).items() if name not in values}
    key = _write(model, {**needed, **values})
    for child, rows in children.items():
        for row in rows:
            make(child, {**row, _link(child, record_type): key})
    return key


def _write(model: type[Record], values: Mapping[str, Any]) -> UUID:
    row = {}
    for name, value in values.items():
        column: Any = model._meta.get_field(name)
        row[column.attname] = _plain(column, value)
    if model.record_type == "opportunity":
        row.setdefault("pipeline_id", Pipeline.objects.values_list("pk", flat=True).first())
    with working(Work("test", SYSTEM)):
        key = create_many(model, [row])[0]
    if "updated_at" in row:
        with connection.cursor() as cursor:
            cursor.execute(
                f'UPDATE "{model._meta.db_table}" SET updated_at = %s WHERE id = %s', [row["updated_at"], key]
            )
    return key


def _plain(column: Any, value: Any) -> Any:
    if isinstance(value, Mapping) and column.is_relation:
        return make(column.related_model.record_type, value)
    if isinstance(value, Day):
        is_moment = column.get_internal_type() == "DateTimeField"
        return timezone.make_aware(datetime.combine(value.date, time(12))) if is_moment else value.date
    return value


def _link(child: str, record_type: str) -> str:
    fields = RECORD_TYPES[child]._meta.concrete_fields
    return next(one.name for one in fields if getattr(one.related_model, "record_type", "") == record_type)
