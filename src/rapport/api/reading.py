"""Records as JSON: the fields that the actor may read, links to what it may not see left out."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.governance.columns import current_of
from rapport.governance.dictionary import Field
from rapport.governance.domains import Link

from .collections import Collection
from .problems import wrong_parameter
from .values import write_moment, writer_of

ALWAYS = ("id", "type", "title", "created_at", "updated_at")
Shown = dict[str, Any]


@dataclass(frozen=True)
class Shape:
    """Which fields of a type are shown to an actor, and how each is written."""

    collection: Collection
    fields: tuple[Field, ...]
    common: tuple[str, ...]
    actor: Actor

    def shown(self, records: Sequence[Record]) -> list[Shown]:
        """The records as JSON objects."""
        self.collection.model.conceal_for(records, self.actor)
        hidden = _hidden_links(self.fields, records, self.actor)
        written = [(field, writer_of(field.domain), hidden.get(field.name)) for field in self.fields]
        return [self._object(record, written) for record in records]

    def one(self, record: Record) -> Shown:
        """One record as a JSON object."""
        return self.shown([record])[0]

    def _object(
        self, record: Record, written: "Sequence[tuple[Field, Callable[[Any], Any], set[UUID] | None]]"
    ) -> Shown:
        shown: Shown = {name: _COMMON[name](record) for name in self.common}
        for field, write, hidden in written:
            value = current_of(record, field)
            shown[field.name] = None if hidden and value in hidden else write(value)
        return shown


_COMMON: Mapping[str, Callable[[Record], Any]] = {
    "id": lambda record: str(record.pk),
    "type": lambda record: record.record_type,
    "title": lambda record: record.title,
    "created_at": lambda record: write_moment(record.created_at),
    "updated_at": lambda record: write_moment(record.updated_at),
}


def shape_of(collection: Collection, actor: Actor, *, names: Sequence[str] = ()) -> Shape:
    """All readable fields, or those named; raises `ApiProblem` when one of them is none."""
    readable = readable_fields(collection, actor)
    if not names:
        return Shape(collection, tuple(readable.values()), ALWAYS, actor)
    for name in names:
        if name not in readable and name not in ALWAYS:
            raise wrong_parameter("fields", _("There is no field “%(name)s” here.") % {"name": name[:60]})
    chosen = tuple(readable[name] for name in readable if name in names)
    return Shape(collection, chosen, tuple(name for name in ALWAYS if name in ("id", *names)), actor)


def readable_fields(collection: Collection, actor: Actor) -> Mapping[str, Field]:
    """The fields that the actor may read; a field named like what every record has gives way to that."""
    fields = collection.entry.readable_by(actor)
    return {name: field for name, field in fields.items() if name not in ALWAYS}


def hidden_links_among(fields: Iterable[Field], shown: Shown, actor: Actor) -> Iterator[str]:
    """Which members of a record told as JSON link to a record that the actor may not see."""
    for field in fields:
        key = shown.get(field.name)
        if not (key and isinstance(field.domain, Link) and field.domain.model.restricts(actor)):
            continue
        if not field.domain.model.objects.visible_to(actor).filter(pk=key).exists():
            yield field.name


def _hidden_links(fields: Iterable[Field], records: Sequence[Record], actor: Actor) -> dict[str, set[UUID]]:
    """By field, the ids of linked records that the actor may not see; asks only where a rule restricts them."""
    hidden: dict[str, set[UUID]] = {}
    for field in fields:
        if isinstance(field.domain, Link) and field.domain.model.restricts(actor):
            linked = {key for record in records if (key := current_of(record, field))}
            visible = field.domain.model.objects.visible_to(actor).filter(pk__in=linked)
            hidden[field.name] = linked - set(visible.values_list("pk", flat=True)) if linked else set()
    return hidden
