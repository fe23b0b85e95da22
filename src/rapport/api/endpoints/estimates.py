"""What the empty fields of a record probably hold: told apart from the record, for who asks."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from rapport.core.actors import Actor
from rapport.quality.imputing.reading import estimates_of, seen_neighbours
from rapport.quality.imputing.subjects import estimated_fields
from rapport.quality.models import Estimate

from ..calls import Call, as_json
from ..parameters import Parameters
from ..problems import not_found
from ..values import write_moment
from .finding import collection_for, record_for


def estimates(call: Call, collection: str, record_id: UUID) -> HttpResponse:
    """The estimates that stand, with how sure they are and what they rest on; the record itself stays empty."""
    found = collection_for(call.actor, collection)
    record_type = found.entry.record_type
    if not estimated_fields(record_type):
        raise not_found()
    Parameters(call.request, known=())
    record = record_for(call.actor, found, record_id)
    empty = [name for name in found.entry.readable_by(call.actor) if getattr(record, name, None) in (None, "")]
    standing = estimates_of(record_type, [record.pk], empty).values()
    return as_json({"items": [_told(one, call.actor) for one in sorted(standing, key=lambda one: one.field)]})


def _told(one: Estimate, actor: Actor) -> dict[str, Any]:
    return {
        "field": one.field,
        "value": one.value,
        "confidence": round(one.confidence, 4),
        "method": one.method,
        "neighbours": [str(record.pk) for record in seen_neighbours(one, actor)],
        "made_at": write_moment(one.made_at),
        "expires_at": write_moment(one.expires_at),
    }
