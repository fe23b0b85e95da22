"""Where offers come from: whom a lead is, standing estimates, earlier records of the customer, what the owner has."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.core.clock import now
from rapport.core.records import Record
from rapport.governance.columns import comparable
from rapport.governance.dictionary import Field, entry_of
from rapport.governance.domains import Link

from ..models.estimate import Estimate, EstimateState
from .conversion import whom_it_is
from .earlier import of_the_customer, of_the_owner
from .offer import Offer

MOST = 3
_OFFERED = frozenset(
    {"choice", "open_list", "link", "text", "long_text", "amount", "decimal", "integer", "percentage", "date"}
)


def offers_for(record: Record, field: Field, actor: Actor) -> Sequence[Offer]:
    """What may be taken for an empty field of a record, the best first; only from what the actor sees."""
    if not _is_open(record, field, actor):
        return ()
    found: dict[str, Offer] = {}
    for look in _SOURCES:
        for offer in look(record, field, actor):
            found.setdefault(str(comparable(offer.value)), offer)
    return tuple(found.values())[:MOST]


def _is_open(record: Record, field: Field, actor: Actor) -> bool:
    """Whether the field is the record's, empty, and of a kind that others' values say something about."""
    if field.domain.kind not in _OFFERED or field.name not in entry_of(record.record_type).readable_by(actor):
        return False
    columns = {column.name for column in type(record)._meta.concrete_fields}
    return field.name in columns and comparable(getattr(record, field.name)) is None


def _estimated(record: Record, field: Field, _actor: Actor) -> list[Offer]:
    """The estimate that stands for it."""
    standing = Estimate.objects.filter(record_id=record.pk, field=field.name, state=EstimateState.STANDING)
    one = standing.filter(expires_at__gt=now()).first()
    if one is None or isinstance(field.domain, Link):
        return []
    told = {"many": len(one.neighbours), "sure": round(one.confidence * 100)}
    return [Offer(one.value, _("estimated from %(many)d similar records, %(sure)d %% sure") % told)]


_SOURCES: Sequence[Callable[[Any, Field, Actor], list[Offer]]] = (
    whom_it_is,
    _estimated,
    of_the_customer,
    of_the_owner,
)
