"""Where offers come from: whom a lead is, standing estimates, earlier records of the customer, what the owner has."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.governance.columns import comparable
from rapport.governance.dictionary import Field, entry_of
from rapport.governance.domains import Link

from .around import Around
from .conversion import whom_it_is
from .earlier import of_the_customer, of_the_owner
from .offer import Offer

MOST = 3
_OFFERED = frozenset(
    {"choice", "open_list", "link", "text", "long_text", "amount", "decimal", "integer", "percentage", "date"}
)


def offers_for(record: Record, field: Field, actor: Actor) -> Sequence[Offer]:
    """What may be taken for an empty field of a record, the best first; only from what the actor sees."""
    return offers_of(record, [field], actor)[field.name]


def offers_of(record: Record, fields: Iterable[Field], actor: Actor) -> Mapping[str, Sequence[Offer]]:
    """What may be taken for each of these fields; what stands around the record is read once for all of them."""
    asked = list(fields)
    empty = [field for field in asked if _is_open(record, field, actor)]
    around = Around(record, empty, actor)
    return dict.fromkeys((field.name for field in asked), ()) | {field.name: _offered(field, around) for field in empty}


def _offered(field: Field, around: Around) -> Sequence[Offer]:
    found: dict[str, Offer] = {}
    for look in _SOURCES:
        for offer in look(field, around):
            found.setdefault(str(comparable(offer.value)), offer)
    return tuple(found.values())[:MOST]


def _is_open(record: Record, field: Field, actor: Actor) -> bool:
    """Whether the field is the record's, empty, and of a kind that others' values say something about."""
    if field.domain.kind not in _OFFERED or field.name not in entry_of(record.record_type).readable_by(actor):
        return False
    columns = {column.name for column in type(record)._meta.concrete_fields}
    return field.name in columns and comparable(getattr(record, field.name)) is None


def _whom_it_is(field: Field, around: Around) -> list[Offer]:
    return whom_it_is(around.record, field, around.actor)


def _estimated(field: Field, around: Around) -> list[Offer]:
    """The estimate that stands for it."""
    one = around.estimates.get(field.name)
    if one is None or isinstance(field.domain, Link):
        return []
    told = {"many": len(one.neighbours), "sure": round(one.confidence * 100)}
    return [Offer(one.value, _("estimated from %(many)d similar records, %(sure)d%% sure") % told)]


_SOURCES: Sequence[Callable[[Field, Around], list[Offer]]] = (
    _whom_it_is,
    _estimated,
    of_the_customer,
    of_the_owner,
)
