"""Everything that refers to a record, moved to another one: as part of the verb under way, so that undo brings it back.

Foreign keys are found from the models; so are the pairs of columns `…_type` and `…_id` of records. Lists of references
inside a column, and tables that are no records, are moved by whoever keeps them.
"""

from collections.abc import Callable, Collection, Iterator
from typing import cast
from uuid import UUID

from django.db import models

from ..bulk import change_many
from ..records import RECORD_TYPES, Record
from .merger import Merger

ALSO_MOVED: list[Callable[[Record, Record], None]] = []


def move_links(gone: Record, into: Record) -> None:
    """Let everything that refers to the one refer to the other; rows that would then stand twice are removed."""
    for move in ALSO_MOVED:
        move(gone, into)
    for field in foreign_keys_to(type(gone)):
        _move(cast("type[Record]", field.model), field.attname, _referring(field.model, field.attname, gone.pk), into)
    for model, type_column, column in pairs():
        rows = _referring(model, column, gone.pk).filter(**{type_column: gone.record_type})
        _move(model, column, rows, into)


def foreign_keys_to(model: type[Record]) -> "list[models.ForeignKey[object, object]]":
    """The foreign keys of records that lead to records of a type."""
    relations = [field for field in model._meta.get_fields(include_hidden=True) if field.auto_created]
    keys = [getattr(relation, "field", None) for relation in relations]
    return [key for key in keys if isinstance(key, models.ForeignKey) and issubclass(key.model, Record)]


def pairs() -> Iterator[tuple[type[Record], str, str]]:
    """The columns of records that name any record by its type and its id: model, column of the type, of the id."""
    for model in RECORD_TYPES.values():
        if model is Merger or model._meta.proxy:
            continue
        names = {field.name: field for field in model._meta.concrete_fields}
        for name, field in names.items():
            type_name = "for_type" if name == "record_id" else f"{name.removesuffix('_id')}_type"
            if isinstance(field, models.UUIDField) and name.endswith("_id") and type_name in names:
                yield model, type_name, name


def _referring(model: type[models.Model], column: str, key: UUID) -> "models.QuerySet[models.Model]":
    return model._base_manager.filter(**{column: key})


def _move(model: type[Record], column: str, rows: "models.QuerySet[models.Model]", into: Record) -> None:
    keys = set(rows.values_list("pk", flat=True)) - {into.pk}
    if not keys:
        return
    for key in _standing_twice(model, column, keys, into.pk):
        model._base_manager.get(pk=key).delete()
        keys.discard(key)
    change_many(model, {key: {column: into.pk} for key in keys})


def _standing_twice(model: type[Record], column: str, keys: Collection[UUID], into_id: UUID) -> set[UUID]:
    """Of these rows those whose like the other record has already, where a constraint allows but one."""
    found: set[UUID] = set()
    for others in _unique_with(model, column):
        known = set(model._base_manager.filter(**{column: into_id}).values_list(*others))
        for key, *values in model._base_manager.filter(pk__in=list(keys)).values_list("pk", *others):
            if tuple(values) in known and None not in values:
                found.add(key)
    return found


def _unique_with(model: type[Record], column: str) -> Iterator[list[str]]:
    """For each constraint that the column is part of, the other columns of it."""
    field = next(field for field in model._meta.concrete_fields if field.attname == column)
    if field.unique:
        yield []
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and field.name in constraint.fields:
            yield [name for name in constraint.fields if name != field.name]
