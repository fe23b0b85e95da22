"""What is read to make offers: once for all fields of a record, whichever of them are empty."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from rapport.core.actors import Actor
from rapport.core.clock import now
from rapport.core.records import Record
from rapport.governance.dictionary import Field

from ..models.estimate import Estimate, EstimateState

_LOOKED_AT = 200
_ALSO = frozenset({"currency", "status", "opened_on", "closed_on"})

Row = Mapping[str, Any]


class Around:
    """A record with its empty fields, and what the actor sees around it; each is asked for once, if at all."""

    def __init__(self, record: Record, fields: Sequence[Field], actor: Actor) -> None:
        self.record = record
        self.actor = actor
        self._names = {field.name for field in fields}

    @cached_property
    def estimates(self) -> Mapping[str, Estimate]:
        """The estimates that stand, by field."""
        standing = Estimate.objects.filter(record_id=self.record.pk, state=EstimateState.STANDING)
        return {one.field: one for one in standing.filter(field__in=self._names, expires_at__gt=now())}

    @cached_property
    def of_the_customer(self) -> Sequence[Row]:
        """The newest of the other records of the same organisation."""
        return self._others("organisation_id")

    @cached_property
    def of_the_owner(self) -> Sequence[Row]:
        """The newest of the other records of the same owner."""
        return self._others("owner_id")

    def _others(self, through: str) -> Sequence[Row]:
        key = getattr(self.record, through, None)
        if key is None:
            return []
        model = type(self.record)
        columns = {column.name for column in model._meta.concrete_fields} & (self._names | _ALSO)
        rows = model.objects.visible_to(self.actor).exclude(pk=self.record.pk).filter(**{through: key})
        return list(rows.order_by("-created_at").values(*columns)[:_LOOKED_AT])
