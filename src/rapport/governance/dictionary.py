"""The dictionary: what each field of each record type means, described once (after ISO/IEC 11179).

Each domain package describes its record types in its own `dictionary.py` with `describe`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache, wraps
from typing import Any, TypeVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor
from rapport.core.records import Record

from .domains import Domain, Link

Label = str | Promise


class PersonalData(StrEnum):
    """How far a value tells about a natural person (GDPR, Article 4(1))."""

    NONE = "none"
    CONTACT = "contact"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"

    @property
    def label(self) -> str:
        """The class in words."""
        return str(_PERSONAL_LABELS[self])


_PERSONAL_LABELS: dict[PersonalData, Label] = {
    PersonalData.NONE: _("no personal data"),
    PersonalData.CONTACT: _("business contact"),
    PersonalData.PERSONAL: _("personal"),
    PersonalData.SENSITIVE: _("sensitive"),
}

Condition = Callable[[Mapping[str, Any]], bool]


def always(_values: Mapping[str, Any]) -> bool:
    """Mandatory on every record."""
    return True


@dataclass(frozen=True)
class Field:
    """One field of a record type.

    `name` is the model's field; `mandatory` tells from a record's values whether it must be filled, `mandatory_when`
    says so in words; `aliases` are headings it is known by in exports; `in_list` shows it in lists by default;
    `form` offers it in forms; `editable` lets it be changed in place; what is `always_seen` no rule can hide, because
    pages rest on it; what is not `selectable` no list is filtered by; `own` fields were added by users, those
    `worked_out` follow from others and can't be set.
    """

    name: str
    label: Label
    domain: Domain
    meaning: Label
    personal: PersonalData = PersonalData.NONE
    steward: Label = _("Sales operations")
    mandatory: Condition | None = None
    mandatory_when: Label = ""
    aliases: tuple[str, ...] = ()
    in_list: bool = False
    form: bool = True
    editable: bool = True
    sortable: bool = False
    always_seen: bool = False
    selectable: bool = True
    group: Label = ""
    own: bool = False
    worked_out: bool = False

    @property
    def is_link(self) -> bool:
        """Whether the value is another record."""
        return isinstance(self.domain, Link)

    def is_mandatory(self, values: Mapping[str, Any]) -> bool:
        """Whether a record with these values must have this one."""
        return self.mandatory is not None and self.mandatory(values)


@dataclass(frozen=True)
class RecordTypeEntry:
    """A record type and its fields, in the order in which they are shown."""

    model: type[Record]
    label: Label
    plural: Label
    meaning: Label
    icon: str
    fields: Mapping[str, Field] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    importable: bool = True

    @property
    def record_type(self) -> str:
        """The key of the type, such as "organisation"."""
        return self.model.record_type

    def readable_by(self, actor: Actor) -> Mapping[str, Field]:
        """The fields that the actor sees: the one question that whatever shows or asks of a field starts with."""
        return self._without(actor.hidden_fields)

    def editable_by(self, actor: Actor) -> Mapping[str, Field]:
        """The fields that the actor may set, as far as its rights go (see `Field.editable` for the field's own)."""
        return self._without(actor.locked_fields)

    def fillable_by(self, actor: Actor) -> Mapping[str, Field]:
        """The fields that the actor may give a new record, among them what every record must have."""
        editable = self.editable_by(actor)
        if len(editable) == len(self.fields):
            return editable
        return {name: known for name, known in self.fields.items() if name in editable or known.mandatory is always}

    def _without(self, names: frozenset[str]) -> Mapping[str, Field]:
        if not names:
            return self.fields
        return {name: known for name, known in self.fields.items() if f"{self.record_type}.{name}" not in names}


_ENTRIES: dict[str, RecordTypeEntry] = {}
_CACHES: list[Callable[[], None]] = []
_edition = [0]
Found = TypeVar("Found")


def describe(
    model: type[Record],
    *,
    label: Label,
    plural: Label,
    meaning: Label,
    icon: str,
    fields: Iterable[Field],
    aliases: tuple[str, ...] = (),
    importable: bool = True,
) -> None:
    """Enter a record type into the dictionary; raises `LookupError` when the model lacks a field named here."""
    described = {entry.name: entry for entry in fields}
    for name in described:
        model._meta.get_field(name)
    _ENTRIES[model.record_type] = RecordTypeEntry(model, label, plural, meaning, icon, described, aliases, importable)
    _clear()


def forget_entry(record_type: str) -> None:
    """Take a record type out of the dictionary."""
    if _ENTRIES.pop(record_type, None) is not None:
        _clear()


def set_own_fields(record_type: str, fields: Iterable[Field]) -> None:
    """Give a record type these own fields instead of those it had; they come after the others."""
    known = _ENTRIES[record_type]
    built_in = {name: field for name, field in known.fields.items() if not field.own}
    _ENTRIES[record_type] = replace(known, fields=built_in | {field.name: field for field in fields})
    _clear()


def _clear() -> None:
    """What other threads still work out from the dictionary as it was belongs to the edition before: nobody asks it."""
    _edition[0] += 1
    for clear in _CACHES:
        clear()


def dictionary_cache(function: Callable[[str], Found]) -> Callable[[str], Found]:
    """Keep what a function works out from the dictionary for a record type, until an own field changes."""

    @cache
    def of_edition(record_type: str, _edition: int) -> Found:
        return function(record_type)

    @wraps(function)
    def asked(record_type: str) -> Found:
        return of_edition(record_type, _edition[0])

    _CACHES.append(of_edition.cache_clear)
    return asked


def entry_of(record_type: str) -> RecordTypeEntry:
    """The entry of a record type; raises `KeyError` when there is none."""
    return _ENTRIES[record_type]


def entries() -> Mapping[str, RecordTypeEntry]:
    """All record types described, by key."""
    return _ENTRIES


def missing_fields(record: Record) -> list[Field]:
    """The mandatory fields that a record does not have."""
    values = record.__dict__
    wanted = [entry for entry in entry_of(record.record_type).fields.values() if entry.is_mandatory(values)]
    return [entry for entry in wanted if not stored_value(record, entry.name)]


def stored_value(record: Record, name: str) -> Any:
    """The column value of a field: for a link the id of the other record, so that nothing is fetched."""
    column: models.Field[Any, Any] = record._meta.get_field(name)  # type: ignore[assignment]
    return getattr(record, column.attname)
