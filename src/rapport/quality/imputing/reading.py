"""Estimates as they are shown: only where the field is still empty and the reader may see it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from rapport.core.actors import Actor
from rapport.core.clock import now
from rapport.core.often_asked import often_asked
from rapport.core.records import RECORD_TYPES, Record

from ..models.estimate import Estimate, EstimateState
from .subjects import estimated_fields

Key = tuple[UUID, str]


def estimates_of(record_type: str, record_ids: Collection[UUID], fields: Collection[str]) -> Mapping[Key, Estimate]:
    """The standing estimates of empty fields, by record and field; asks the database only where there can be any.

    Who calls has made sure that the reader sees the records and the fields.
    """
    wanted = estimated_fields(record_type) & set(fields)
    if not wanted or not record_ids:
        return {}
    found = _standing(frozenset(wanted), record_ids=list(record_ids), moment=now())
    return {(one.record_id, one.field): one for one in found}


@often_asked
def _standing(fields: frozenset[str], *, record_ids: list[UUID], moment: datetime) -> QuerySet[Estimate]:
    standing = Estimate.objects.filter(state=EstimateState.STANDING, expires_at__gt=moment)
    return standing.filter(record_id__among=record_ids, field__in=fields)


def seen_neighbours(estimate: Estimate, actor: Actor) -> list[Record]:
    """The similar records that the reader may see, the most similar first."""
    ids = [UUID(one["id"]) for one in estimate.neighbours]
    seen = RECORD_TYPES[estimate.record_type].objects.visible_to(actor).filter(pk__in=ids)
    return sorted(seen, key=lambda record: ids.index(record.pk))
