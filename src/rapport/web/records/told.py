"""Changes in words: field by field, before and after, with the titles of linked records fetched at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.core.attributes import purged_among
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.snapshots import Values, decode
from rapport.governance.columns import column_of, comparable
from rapport.governance.dictionary import Field, dictionary_cache, entries
from rapport.governance.own.columns import as_python

from .lookup import linked_titles
from .values import Titles, currency_of, in_words, shortened


@dataclass(frozen=True)
class ChangedField:
    """One field before and after, in words; `of` names another record, changed along, to which the field belongs."""

    label: str
    before: str
    after: str
    of: str = ""


@dataclass(frozen=True)
class Told:
    """One change, read but not yet put into words."""

    record_type: str
    before: Values
    after: Values
    of: str
    purged: tuple[str, ...] = ()


class Telling:
    """Tells changes around one record. First `tell` all, then ask for `fields`: so the links cost one question."""

    def __init__(self, actor: Actor, record: Record) -> None:
        self.record, self.actor = record, actor
        self.titles = Titles(actor, linked_titles(record, entries()[record.record_type].fields.values(), actor))

    def tell(
        self, record_type: str, record_id: UUID, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> Told | None:
        """Read one change; None for a type that is not described."""
        model = RECORD_TYPES.get(record_type)
        if model is None or record_type not in entries():
            return None
        old, new = (as_python(model, decode(model, values or {})) for values in (before, after))
        for field, column in self._readable(record_type):
            self.titles.want(field, (old.get(column), new.get(column)))
        is_own = record_id == self.record.pk
        purged = purged_among(record_type, {**(before or {}), **(after or {})})
        return Told(record_type, old, new, "" if is_own else _named(record_type, old | new), tuple(purged))

    def fields(self, told: Told) -> tuple[ChangedField, ...]:
        """What differs, in the order of the dictionary."""
        changed = [self._changed(field, column, told) for field, column in self._readable(told.record_type)]
        gone = [ChangedField(label, "", str(_("deleted for good")), told.of) for label in told.purged]
        return (*(found for found in changed if found is not None), *gone)

    def _readable(self, record_type: str) -> list[tuple[Field, str]]:
        """The fields that may be told of, with their columns."""
        if not self.actor.hidden_fields:
            return described(record_type)
        readable = entries()[record_type].readable_by(self.actor)
        return [(field, column) for field, column in described(record_type) if field.name in readable]

    def _changed(self, field: Field, column: str, told: Told) -> ChangedField | None:
        old, new = told.before.get(column), told.after.get(column)
        if comparable(old) == comparable(new) or (told.of and self.record.pk in (old, new)):
            return None
        return ChangedField(
            str(field.label), self._words(field, old, told.before), self._words(field, new, told.after), told.of
        )

    def _words(self, field: Field, value: Any, values: Values) -> str:
        if field.is_link:
            return self.titles.of(value)
        currency = currency_of(field, values) or currency_of(field, self.record.__dict__)
        return shortened(in_words(field, value, currency=currency))


@dictionary_cache
def described(record_type: str) -> list[tuple[Field, str]]:
    """The fields of a type with their columns."""
    entry = entries()[record_type]
    return [(field, column_of(entry.model, field.name).attname) for field in entry.fields.values()]


def _named(record_type: str, values: Values) -> str:
    """Which other record was changed: its type, and its title where the change tells it."""
    entry = entries()[record_type]
    try:
        title = entry.model.title_of(values)
        title = "" if title == entry.model.title_of({}) else title
    except (KeyError, ValueError):
        title = ""  # the columns that changed don't make a title
    return f"{entry.label} “{title}”" if title else str(entry.label)
