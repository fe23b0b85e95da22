"""Indexes of own fields: made while people work, kept in step with what each field is now.

For every quick field there is an index that gives its records in order, and one more where filters ask otherwise:
trigrams for text, codes for choices. Each holds only the records that have a value, and has statistics beside it,
since the database takes none from partial indexes and would guess how many records a filter finds. Their names tell
what they are made of, so what is wanted and what is there are compared by name.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import sleep
from typing import Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import connection
from django.db.models import F, Index, Q
from django.db.models.expressions import OrderBy
from django.db.models.functions import Upper
from django.db.models.lookups import IsNull

from rapport.core.actors import SYSTEM
from rapport.core.editions import renew
from rapport.core.records import Record

from ..dictionary import entries
from ..models import OwnField
from ..selection import order_by
from .columns import own_columns
from .loading import OWN_FIELDS, signature_of
from .storage import SEVERAL, TEXT

_LOCK = 7_240_031
_ASKED_AGAIN_AFTER = 0.2  # seconds
_PREFIX = "own_"

Wanted = Mapping[str, tuple[type[Record], Index]]


def prepare() -> list[str]:
    """Make the indexes that are missing, drop those no field wants; returns the names of those made."""
    with _alone():
        fields = [own for own in OwnField.objects.filter(removed_at=None) if own.for_type in entries()]
        wanted = {name: made for own in fields if own.quick for name, made in indexes_of(own).items()}
        present = _present()
        for name in present - set(wanted):
            _drop(name)
        made = [name for name in wanted if name not in present]
        for name in made:
            _make(*wanted[name])
        for model in {wanted[name][0] for name in made}:
            _execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
        _tell(fields)
    return made


def indexes_of(own: OwnField) -> Wanted:
    """The indexes that one field wants, by name; none before it is in the dictionary."""
    model = entries()[own.for_type].model
    column = own_columns(model).get(own.key)
    if column is None:
        return {}
    return {index.name: (model, index) for index in _kinds(own, model)}


def _kinds(own: OwnField, model: type[Record]) -> Iterator[Index]:
    column = own_columns(model)[own.key]
    storage = column.storage
    value = F(own.key)
    if storage is SEVERAL:
        yield GinIndex(value, name=_name(own, "members"), condition=_filled(value))
        return
    order = order_by(own.key, own.for_type, actor=SYSTEM)
    by: Any = value if order is None or own.kind == "link" else order.expression
    yield Index(OrderBy(by), F("id"), name=_name(own, "order"), condition=_filled(by))
    if column.domain.kind == "choice":
        yield Index(value, name=_name(own, "codes"), condition=_filled(value))
    elif storage is TEXT:
        upper = Upper(own.key)
        yield GinIndex(OpClass(upper, "gin_trgm_ops"), name=_name(own, "words"), condition=_filled(upper))


def _filled(value: Any) -> Q:
    return Q(IsNull(value, rhs=False))


def _name(own: OwnField, purpose: str) -> str:
    parts = f"{own.for_type}.{own.key}.{purpose}.{signature_of(own)}"
    return f"{_PREFIX}{hashlib.sha256(parts.encode()).hexdigest()[:20]}"


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time; another one waits and then finds nothing left to do.

    It asks again and again: a statement that waits for the lock would be waited for by the index that is being made.
    """
    while not _is_locked_by_us():
        sleep(_ASKED_AGAIN_AFTER)
    try:
        yield
    finally:
        _execute(f"SELECT pg_advisory_unlock({_LOCK})")


def _is_locked_by_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


def _present() -> set[str]:
    """The own indexes that are there and whole; one left half made by a crash is dropped like one nobody wants."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, indisvalid FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
            " WHERE relname ~ '^own_[0-9a-f]{20}$'"
        )
        found = dict(cursor.fetchall())
    for name in [name for name, is_valid in found.items() if not is_valid]:
        _drop(name)
        del found[name]
    return set(found)


def _drop(name: str) -> None:
    _execute(f"DROP INDEX {_concurrently()} IF EXISTS {connection.ops.quote_name(name)}")
    _execute(f"DROP STATISTICS IF EXISTS {connection.ops.quote_name(name)}")


def _make(model: type[Record], index: Index) -> None:
    with connection.schema_editor(atomic=False) as editor:
        editor.add_index(model, index, concurrently=not connection.in_atomic_block)  # type: ignore[call-arg]
    name, table = connection.ops.quote_name(index.name), connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_indexdef(%s::regclass, 1, true)", [index.name])
        expression = cursor.fetchone()[0]
    _execute(f"CREATE STATISTICS IF NOT EXISTS {name} ON ({expression}) FROM {table}")


def _concurrently() -> str:
    """Without locking the table, where no transaction is under way (in tests there may be one)."""
    return "" if connection.in_atomic_block else "CONCURRENTLY"


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _tell(fields: list[OwnField]) -> None:
    """Let every process know which fields are quick now."""
    changed = False
    for own in fields:
        ready = signature_of(own) if own.quick and own.key in own_columns(entries()[own.for_type].model) else ""
        if own.index_ready != ready:
            OwnField._base_manager.filter(pk=own.pk).update(index_ready=ready)
            changed = True
    if changed:
        renew(OWN_FIELDS)
