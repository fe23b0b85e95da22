"""Deleting a record together with what belongs to it, each row noted in the history."""

from itertools import chain
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db import models
from django.db.models.deletion import Collector, ProtectedError, RestrictedError
from django.utils.translation import gettext_lazy as _

from .problems import StillNeeded
from .snapshots import values_of

if TYPE_CHECKING:
    from .records import Record
    from .work import Work


def remove_record(record: "Record", work: "Work") -> list[UUID]:
    """Delete the record and its cascade; returns the ids removed. Raises `StillNeeded` if others refer to it."""
    collector = _collect(record)
    for row in _rows_losing_a_link(collector):
        row.save()
    collector.field_updates.clear()
    removed = [row for row in _rows_to_delete(collector) if _is_record(row)]
    keys = [row.pk for row in removed]  # Django forgets the keys of what it deletes
    for row in removed:
        work.note(type(row), row.pk, values_of(row), None)
    collector.delete()
    return keys


def _collect(record: "Record") -> Collector:
    collector = Collector(using="default", origin=record)
    try:
        collector.collect([record])
    except (ProtectedError, RestrictedError) as error:
        raise StillNeeded(_what_needs(record, list(error.args[1]))) from error
    return collector


def _what_needs(record: "Record", needing: list[models.Model]) -> str:
    kinds = sorted({str(type(row)._meta.verbose_name_plural) for row in needing})
    return str(
        _("“%(record)s” can't be deleted: %(count)d other records (%(kinds)s) refer to it. Move or delete them first.")
        % {"record": record.title, "count": len(needing), "kinds": ", ".join(kinds)}
    )


def _rows_losing_a_link(collector: Collector) -> "list[Record]":
    changed: dict[UUID, Record] = {}
    for (field, value), groups in collector.field_updates.items():
        for row in chain.from_iterable(cast("list[list[Record]]", groups)):
            kept = changed.setdefault(row.pk, row)
            setattr(kept, field.attname, value)
    return list(changed.values())


def _rows_to_delete(collector: Collector) -> "list[Record]":
    slow = [row for rows in collector.data.values() for row in rows]
    fast = [row for queryset in collector.fast_deletes for row in queryset]
    return cast("list[Record]", slow + fast)


def _is_record(row: models.Model) -> bool:
    return hasattr(row, "record_type")
