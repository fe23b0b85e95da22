"""Values of records in words: as facts, in chips, in the history."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.governance.columns import comparable
from rapport.governance.dictionary import Field
from rapport.governance.domains import Amount, Link
from rapport.web.ui import formats

from .lookup import titles_of

HIDDEN = "…"
_LONGEST = 240


def in_words(field: Field, value: Any, *, currency: str = "") -> str:
    """A value as a person reads it; amounts with their currency."""
    if comparable(value) is None:
        return ""
    if isinstance(field.domain, Amount) and currency:
        return formats.money(value, currency)
    if isinstance(value, datetime):
        return formats.moment(value)
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, Decimal) and value == value.to_integral_value():
        value = value.to_integral_value()
    return field.domain.display(value)


def fact_in_words(field: Field, record: Record) -> str:
    """A field of a record in words."""
    return in_words(field, getattr(record, field.name), currency=currency_of(field, record.__dict__))


def currency_of(field: Field, values: Mapping[str, Any]) -> str:
    """The currency in which an amount is meant."""
    if not isinstance(field.domain, Amount):
        return ""
    return field.domain.currency or str(values.get(field.domain.currency_field) or "")


def shortened(text: str) -> str:
    """Text that fits a line of the history."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}…"


class Titles:
    """The titles of linked records in many changes, fetched at once; what may not be seen is only hinted at."""

    def __init__(self, actor: Actor, known: Mapping[UUID, str]) -> None:
        self.actor = actor
        self.given = dict(known)
        self.wanted: dict[str, set[UUID]] = {}
        self.known: dict[UUID, str] | None = None

    def want(self, field: Field, values: Iterable[Any]) -> None:
        """Remember that the title behind these values of a link will be asked for."""
        if isinstance(field.domain, Link):
            ids = {value for value in values if isinstance(value, UUID) and value not in self.given}
            self.wanted.setdefault(field.domain.target, set()).update(ids)

    def of(self, value: Any) -> str:
        """The title of one record."""
        if self.known is None:
            self.known = self.given | titles_of(self.wanted, self.actor)
        if value is None:
            return ""
        return self.known.get(value, str(_("a record that is gone or hidden from you")))
