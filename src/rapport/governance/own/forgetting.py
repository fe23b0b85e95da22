"""What becomes of the values of removed fields: the search forgets them, an administrator may delete them for good."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from rapport.core.attributes import COLUMN, DERIVED, spread
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.search_keeping import remember
from rapport.core.snapshots import recorded_fields

from ..models import OwnField
from .storage import SEVERAL, TEXT

DELETED_FOR_GOOD: list[Callable[[str], None]] = []
"""Called with the name of a value that is deleted for good: whoever kept it elsewhere forgets it."""

_BATCH = 2_000
_FORGOTTEN = "forgotten"


def keep_search_in_step() -> int:
    """Write the search entries of records anew that hold a field removed, brought back or renamed; returns how many."""
    written = 0
    for own in OwnField._base_manager.exclude(kind__in=("formula", "rollup")).order_by("pk"):
        wanted = _as_searched(own)
        if own.worked_out != wanted and (own.worked_out or wanted == _FORGOTTEN) and own.for_type in RECORD_TYPES:
            written += sum(_remember(RECORD_TYPES[own.for_type], keys) for keys in _holding(own.for_type, own.key))
        if own.worked_out != wanted:
            OwnField._base_manager.filter(pk=own.pk).update(worked_out=wanted)
    return written


def _as_searched(own: OwnField) -> str:
    """What the search holds of a field; new fields, of which there are no values yet, are noted without work."""
    if own.described_kind.storage not in (TEXT, SEVERAL):
        return "not searched"
    if own.is_removed:
        return _FORGOTTEN
    return hashlib.sha256(str(own.choices).encode()).hexdigest()[:20]


def _holding(for_type: str, key: str) -> Iterator[list[UUID]]:
    rows = RECORD_TYPES[for_type].objects.filter(**{f"{COLUMN}__has_key": key}).order_by("pk")
    last: UUID | None = None
    while keys := list((rows.filter(pk__gt=last) if last else rows).values_list("pk", flat=True)[:_BATCH]):
        yield keys
        last = keys[-1]


def _remember(model: type[Record], keys: list[UUID]) -> int:
    names = [field.attname for field in recorded_fields(model)]
    with transaction.atomic():
        rows: Any = model._base_manager.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True)
        found = [(row["id"], {**spread(row), **(row[DERIVED] or {})}) for row in rows.values(*names, DERIVED)]
        remember(model, found)
    return len(found)


def purge(for_type: str, key: str) -> int:
    """Take a value off all records that hold it, a few thousand at a time; returns how many did."""
    if for_type not in RECORD_TYPES or OwnField._base_manager.filter(for_type=for_type, key=key).exists():
        return 0
    purged = 0
    table = connection.ops.quote_name(RECORD_TYPES[for_type]._meta.db_table)
    for kept_under in (key, f"{key}_id"):
        for keys in _holding(for_type, kept_under):
            with connection.cursor() as cursor:
                statement = f"UPDATE {table} SET attributes = attributes - %s WHERE id = ANY(%s)"  # noqa: S608
                cursor.execute(statement, [kept_under, keys])
            purged += len(keys)
    for forget in DELETED_FOR_GOOD:
        forget(key)
    return purged
