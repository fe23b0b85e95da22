"""Fetching records of several types at once: one question, whatever the number of types."""

import json
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from django.db import connection

from rapport.core.records import RECORD_TYPES, Record
from rapport.core.snapshots import python_value


def fetch(wanted: Iterable[tuple[str, UUID]]) -> dict[UUID, Record]:
    """The records with these types and ids, by id. Rights are not asked: give only what the actor was found to see."""
    ids: dict[str, list[UUID]] = defaultdict(list)
    for record_type, key in wanted:
        ids[record_type].append(key)
    if not ids:
        return {}
    parts = [_select(RECORD_TYPES[record_type]) for record_type in ids]
    parameters = [value for record_type, keys in ids.items() for value in (record_type, keys)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        records = [_record(RECORD_TYPES[record_type], row) for record_type, row in cursor.fetchall()]
    return {record.pk: record for record in records}


def _select(model: type[Record]) -> str:
    table = connection.ops.quote_name(model._meta.db_table)
    return f"SELECT %s, to_jsonb(t)::text FROM {table} AS t WHERE t.id = ANY(%s)"  # noqa: S608 - a table's own name


def _record(model: type[Record], row: str) -> Record:
    columns = json.loads(row, parse_float=Decimal)
    fields = model._meta.concrete_fields
    values = [python_value(field, columns[str(field.column)]) for field in fields]
    return model.from_db("default", [field.attname for field in fields], values)
