"""What an actor sees of some records: one question for all their types, however many there are.

A page that found its record with `visible_to` notes so; then nobody asks again until the record is saved.
"""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from .actors import Actor
from .often_asked import often_asked

if TYPE_CHECKING:
    from .records import Record

_SEEN_BY = "_seen_by"


def seen_among(actor: Actor, wanted: "Mapping[type[Record], Collection[UUID]]") -> set[UUID]:
    """Those of the wanted records that the actor sees; asks only where a rule hides some."""
    seen = {key for model, keys in wanted.items() if not model.restricts(actor) for key in keys}
    asked = {model: keys for model, keys in wanted.items() if keys and model.restricts(actor)}
    if not asked:
        return seen
    models = tuple(sorted(asked, key=lambda model: model.record_type))
    keys = {model.record_type: list(asked[model]) for model in models}
    return seen | {key for (key,) in _seen(actor, models, **keys)}


def titles_seen(actor: Actor, wanted: "Mapping[type[Record], Collection[UUID]]") -> dict[UUID, str]:
    """The titles of those of the wanted records that the actor sees; one question for each type."""
    return {
        record.pk: record.title
        for model, keys in wanted.items()
        for record in model.objects.visible_to(actor).filter(pk__in=keys)
    }


@often_asked
def _seen(actor: Actor, models: "tuple[type[Record], ...]", **keys: list[UUID]) -> "QuerySet[Any, tuple[UUID]]":
    """Keys by the type of their records."""
    first, *others = (model.objects.visible_to(actor).filter(pk__among=keys[model.record_type]) for model in models)
    found = first.order_by().values_list("pk")
    return found.union(*(other.order_by().values_list("pk") for other in others), all=True) if others else found


def note_seen(record: "Record", actor: Actor) -> None:
    """Remember that the record was found among what the actor sees."""
    record.__dict__[_SEEN_BY] = actor


def is_noted_as_seen(record: "Record", actor: Actor) -> bool:
    """Whether the record was found for this very actor, and not written since."""
    return record.__dict__.get(_SEEN_BY) is actor


def forget_who_sees(record: "Record") -> None:
    """The record was written: it may lie outside the sight of whoever saw it."""
    record.__dict__.pop(_SEEN_BY, None)
