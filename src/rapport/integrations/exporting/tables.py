"""Which records an export holds, and their values as plain text or JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.db import models

from rapport.core.actors import Actor
from rapport.core.attributes import COLUMN
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.snapshots import recorded_fields, to_json
from rapport.governance.dictionary import entries

LEFT_OUT = frozenset(
    {"apitoken", "download", "import", "notification", "signonlink", "signonprovider", "webhook"}
    | {"ownrecord"}  # what all own types have in common; each of them is exported by itself
)
_BATCH = 2_000


@dataclass(frozen=True)
class Table:
    """The records of one type that an actor may export, with the columns that aren't hidden from them."""

    record_type: str
    actor: Actor

    @property
    def model(self) -> type[Record]:
        """The model of the type."""
        return RECORD_TYPES[self.record_type]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns, the identifier first."""
        hidden = self.actor.hidden_fields
        shown = [field for field in recorded_fields(self.model) if f"{self.record_type}.{field.name}" not in hidden]
        return tuple(sorted((field.attname for field in shown), key=lambda name: name != "id"))

    def rows(self) -> Iterator[list[Any]]:
        """The values of each record, in the order of the identifiers."""
        found = self.model.objects.visible_to(self.actor).order_by("pk").values_list(*self.columns)
        place = self.columns.index(COLUMN) if COLUMN in self.columns else None
        for values in found.iterator(chunk_size=_BATCH):
            row = list(values)
            if place is not None:
                row[place] = self._shown(row[place])
            yield row

    def _shown(self, attributes: dict[str, Any] | None) -> dict[str, Any]:
        hidden = self.actor.hidden_fields
        return {name: value for name, value in (attributes or {}).items() if f"{self.record_type}.{name}" not in hidden}


def exported_types(actor: Actor) -> tuple[str, ...]:
    """The record types an actor may export, those that others link to first."""
    known = entries()
    return tuple(name for name in RECORD_TYPES if name in known and name not in LEFT_OUT and _may_see(actor, name))


def _may_see(actor: Actor, record_type: str) -> bool:
    return actor.sees_everything or actor.may(f"{record_type}.read") or actor.may("record.export")


def as_text(value: object) -> str:
    """A value as the text of a cell; lists and attributes as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool | list | dict):
        return to_json(value).decode()
    return to_json(value).decode().strip('"')


def from_text(model: type[Record], columns: Sequence[str], cells: Sequence[str]) -> dict[str, Any]:
    """The stored values that the texts of a row stand for."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: _stored(fields[name], cell) for name, cell in zip(columns, cells, strict=True)}


def _stored(field: "models.Field[Any, Any]", cell: str) -> Any:
    if isinstance(field, models.JSONField | models.BooleanField):
        return None if cell == "" else orjson.loads(cell)
    return None if cell == "" and field.null else cell
