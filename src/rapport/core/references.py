"""Which records others refer to: what keeps a record from being taken back."""

from collections.abc import Iterator, Mapping, Set
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


def _links_to(model: "type[Record]") -> Iterator["models.ForeignKey[object, object]"]:
    for relation in model._meta.related_objects:
        if isinstance(relation.field, models.ForeignKey):
            yield relation.field


def _targets(field: "models.ForeignKey[object, object]", keys: Set[UUID], leaving: Leaving) -> Iterator[UUID]:
    rows = field.model._base_manager.filter(**{f"{field.attname}__in": list(keys)})
    also_leaving = leaving.get(cast("type[Record]", field.model), set())
    for row_id, target in rows.values_list("pk", field.attname):
        if row_id not in also_leaving:
            yield target
