"""How the fields of a record type are read by formulas, from a row with all its recorded columns."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import models

from rapport.core.records import Record
from rapport.core.snapshots import recorded_fields

from ...dictionary import Field
from ...domains import Amount, Choice
from ...formulas import Kind, Meaning, Source
from ...formulas.meanings import RECORD_CURRENCY, Run
from ...formulas.values import day, number, text
from ..storage import Storage

_KINDS = {
    **dict.fromkeys(("integer", "decimal", "year", "amount", "percentage"), Kind.NUMBER),
    **dict.fromkeys(("text", "long_text", "email", "phone", "url", "vat", "iban", "open_list"), Kind.TEXT),
    **dict.fromkeys(("date", "datetime"), Kind.DATE),
    "boolean": Kind.YES_NO,
    "choice": Kind.CHOICE,
}
_READ: dict[Kind, Callable[[Any], Any]] = {Kind.NUMBER: number, Kind.TEXT: text, Kind.DATE: day, Kind.CHOICE: text}


def meaning_of(field: Field) -> Meaning:
    """What a field gives to a formula."""
    domain = field.domain
    kind = _KINDS.get(domain.kind, Kind.OTHER)
    if isinstance(domain, Amount):
        return Meaning(kind, domain.currency or f"{RECORD_CURRENCY}{domain.currency_field}")
    return Meaning(kind, options=domain.labels() if isinstance(domain, Choice) else {})


def built_in_source(model: type[Record], field: Field) -> Source | None:
    """How a built-in field is read; None where history does not hold it."""
    column = next((known for known in recorded_fields(model) if known.name == field.name), None)
    if column is None:
        return None
    meaning = meaning_of(field)
    return Source(field.name, str(field.label), meaning, _reader(column, meaning.kind))


def _reader(column: "models.Field[Any, Any]", kind: Kind) -> Run:
    name, read = column.attname, _READ.get(kind)
    if kind is Kind.NUMBER and isinstance(column, models.DecimalField):
        return lambda row: _as_kept(number(row.get(name)), Decimal(1).scaleb(-column.decimal_places))
    return (lambda row: read(row.get(name))) if read else (lambda row: row.get(name))


def _as_kept(value: Decimal | None, step: Decimal) -> Decimal | None:
    """A number as its column rounds it."""
    return None if value is None else value.quantize(step, rounding=ROUND_HALF_UP)


def own_source(field: Field, key: str, storage: Storage) -> Source:
    """How an own field is read, kept under its key."""
    meaning = meaning_of(field)
    read = _READ.get(meaning.kind)

    def value(row: Any) -> Any:
        stored = row.get(key)
        found = None if stored is None else storage.read(stored)
        return read(found) if read else found

    return Source(field.name, str(field.label), meaning, value)
