"""Which records others refer to: what keeps a record from being taken back, and what goes with it."""

from collections.abc import Collection, Iterator, Mapping, Set
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db import models

if TYPE_CHECKING:
    from .records import Record

Leaving = Mapping["type[Record]", Set[UUID]]


def referred_to(leaving: Leaving) -> dict["type[Record]", set[UUID]]:
    """Of the records about to leave, those that a row which stays refers to."""
    needed: dict[type[Record], set[UUID]] = {}
    for model, keys in leaving.items():
        found = {key for field in _links_to(model) for key in _targets(field, keys, leaving)} if keys else set()
        if found:
            needed[model] = found
    return needed


def remove_what_was_worked_out(model: "type[Record]", keys: Collection[UUID]) -> None:
    """Delete the rows about these records that a job makes anew, of tables that say `is_worked_out`."""
    for field in _foreign_keys_to(model):
        if _is_worked_out(field):
            _referring(field, keys).delete()


def _links_to(model: "type[Record]") -> "Iterator[models.ForeignKey[object, object]]":
    return (field for field in _foreign_keys_to(model) if not _is_worked_out(field))


def _foreign_keys_to(model: "type[Record]") -> "Iterator[models.ForeignKey[object, object]]":
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and isinstance(relation.field, models.ForeignKey):
            yield relation.field


def _is_worked_out(field: "models.ForeignKey[object, object]") -> bool:
    return getattr(field.model, "is_worked_out", False)


def _referring(
    field: "models.ForeignKey[object, object]", keys: Collection[UUID]
) -> "models.QuerySet[models.Model, models.Model]":
    return field.model._base_manager.filter(**{f"{field.attname}__in": list(keys)})


def _targets(field: "models.ForeignKey[object, object]", keys: Set[UUID], leaving: Leaving) -> Iterator[UUID]:
    also_leaving = leaving.get(cast("type[Record]", field.model), set())
    for row_id, target in _referring(field, keys).values_list("pk", field.attname):
        if row_id not in also_leaving:
            yield target
