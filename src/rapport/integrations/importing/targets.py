"""The record types an import can fill, read from the dictionary and from what `kinds` adds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import Field as Column
from django.utils.translation import override

from rapport.core.actors import Actor, actor_if_any
from rapport.core.records import Record
from rapport.core.search_entries import normalise
from rapport.governance.dictionary import Field, RecordTypeEntry, dictionary_cache, entries, entry_of
from rapport.governance.domains import Link
from rapport.integrations.importing.guessing.targets import (
    EXTERNAL_ID,
    Content,
    Target,
    TargetField,
    identifier_field,
)
from rapport.integrations.importing.kinds import Kind, kind_of
from rapport.integrations.importing.parts import parts_of

_CONTENT = {
    "integer": Content.NUMBER,
    "decimal": Content.NUMBER,
    "year": Content.NUMBER,
    "amount": Content.NUMBER,
    "percentage": Content.NUMBER,
    "date": Content.DATE,
    "datetime": Content.DATE,
    "time": Content.TEXT,
    "boolean": Content.YES_NO,
    "email": Content.EMAIL,
    "url": Content.URL,
    "phone": Content.PHONE,
    "choice": Content.CHOICE,
    "open_list": Content.CHOICE,
    "link": Content.LINK,
    "text": Content.TEXT,
    "long_text": Content.LONG_TEXT,
    "vat": Content.TEXT,
    "iban": Content.TEXT,
    "emails": Content.EMAIL,
    "phones": Content.PHONE,
}
_CONTACT = {"EmailAddress": Content.EMAIL, "PhoneNumber": Content.PHONE}


@dataclass(frozen=True)
class Importable:
    """A record type as imports see it: its dictionary entry, its fields and those `kinds` adds, by name."""

    entry: RecordTypeEntry
    kind: Kind
    fields: Mapping[str, Field]

    @property
    def record_type(self) -> str:
        """The key of the type."""
        return self.entry.record_type

    @property
    def model(self) -> type[Record]:
        """Its model."""
        return self.entry.model

    @cached_property
    def columns(self) -> Mapping[str, str]:
        """By field, the column its value is written to; `~` and the name for a field that only imports know."""
        found = {name: self.column(name) for name in self.fields}
        return {name: f"~{name}" if column is None else str(column.attname) for name, column in found.items()}

    def column(self, name: str) -> "Column[object, object] | None":
        """The model's column of a field; None for a field that only imports know."""
        if "." in name or name in self.kind.fields_by_name:
            return None
        return self.model._meta.get_field(name)  # type: ignore[return-value]


@dictionary_cache
def importable(record_type: str) -> Importable:
    """What imports know of a record type; raises `KeyError` when there is no such type."""
    entry = entry_of(record_type)
    kind = kind_of(record_type)
    left_out = kind.left_out
    fields = {name: field for name, field in entry.fields.items() if name not in left_out and not field.worked_out}
    taken = frozenset(fields)
    parts = {name: part for field in fields.values() for name, part in parts_of(field, taken=taken).items()}
    return Importable(entry, kind, fields | parts | kind.fields_by_name)


def worked_out_columns(record_type: str, columns: Iterable[str]) -> dict[str, Field]:
    """The columns that are called like a field whose values are worked out: they can't be imported."""
    if record_type not in entries():
        return {}
    fields = [field for field in entry_of(record_type).fields.values() if field.worked_out]
    names = {normalise(name): field for field in fields for name in (field.name, str(field.label), *field.aliases)}
    return {column: names[normalise(column)] for column in columns if normalise(column) in names}


def may_fill(record_type: str, name: str) -> bool:
    """Whether the field, or the one it is a part of, may be filled in by whoever imports."""
    actor, field = actor_if_any(), name.partition(".")[0]
    if actor is None or not record_type or not actor.locked_fields:
        return True
    entry = entry_of(record_type)
    return field not in entry.fields or field in entry.fillable_by(actor)


def importable_types(actor: Actor | None = None) -> tuple[str, ...]:
    """The record types that can be imported, by this actor if one is given."""
    kinds = [name for name, entry in entries().items() if entry.importable]
    return tuple(name for name in kinds if actor is None or actor.may(f"{name}.create"))


@dictionary_cache
def target_of(record_type: str) -> Target:
    """The record type as guessing sees it."""
    subject = importable(record_type)
    names = _type_names(subject)
    fields = {name: _target_field(subject, field) for name, field in subject.fields.items()}
    return Target(record_type, names, {EXTERNAL_ID: identifier_field(names), **fields})


def _type_names(subject: Importable) -> tuple[str, ...]:
    labels = _in_all_languages((subject.entry.label, subject.entry.plural))
    return tuple(dict.fromkeys((subject.record_type, *labels, *subject.entry.aliases, *subject.kind.names)))


def _target_field(subject: Importable, field: Field) -> TargetField:
    more = subject.kind.aliases.get(field.name, ())
    names = (field.name, *_in_all_languages((field.label,)), *field.aliases, *more)
    if isinstance(field.domain, Link):
        names = (*names, *(f"{name} {ending}" for name in names for ending in ("id", "name", "email")))
    return TargetField(
        field.name,
        tuple(dict.fromkeys(names)),
        _content(field),
        field.domain.target if isinstance(field.domain, Link) else "",
        mandatory=field.mandatory is not None,
        title=field.name == subject.kind.title_field,
    )


def _content(field: Field) -> Content:
    each = getattr(field.domain, "each", None)
    if each is not None:
        return _CONTACT.get(type(each).__name__, Content.OTHER)
    return _CONTENT.get(field.domain.kind, Content.OTHER)


def _in_all_languages(labels: Iterable[object]) -> list[str]:
    found: list[str] = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            found += [str(label) for label in labels]
    return found
