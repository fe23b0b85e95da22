"""The kinds of own fields: what each is called, which values it takes, how they are kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..domains import (
    Amount,
    BankAccount,
    Boolean,
    Choice,
    Date,
    DateTime,
    DecimalNumber,
    Domain,
    EmailAddress,
    Integer,
    Link,
    LongText,
    Percentage,
    PhoneNumber,
    Several,
    Text,
    TimeOfDay,
    WebAddress,
)
from . import storage
from .storage import Storage

if TYPE_CHECKING:
    from ..models import OwnField

MOST_PLACES = 6
FORMULA, ROLL_UP = "formula", "rollup"
DERIVED_KINDS = frozenset({FORMULA, ROLL_UP})


@dataclass(frozen=True)
class OwnKind:
    """A kind of own field: `domain` makes the value domain of one field."""

    key: str
    label: str | Promise
    icon: str
    storage: Storage
    domain: Callable[["OwnField"], Domain]

    @property
    def is_derived(self) -> bool:
        """Whether values of this kind are worked out, not entered."""
        return self.key in DERIVED_KINDS


def _no_domain(_field: "OwnField") -> Domain:
    """Values of derived fields follow from what they are worked out from (see `own.derived`)."""
    raise LookupError("The values of a derived field are known only once it was understood.")


def _number(field: "OwnField") -> Domain:
    places = field.places
    return DecimalNumber(places=places) if places else Integer(most=DecimalNumber.most)


def _amount(field: "OwnField") -> Domain:
    return Amount(currency_field="" if field.currency else "currency", currency=field.currency)


def _choice(field: "OwnField") -> Choice:
    return Choice({choice["code"]: choice["label"] for choice in field.choices})


KINDS: Mapping[str, OwnKind] = {
    kind.key: kind
    for kind in (
        OwnKind("text", _("Text"), "type", storage.TEXT, lambda _field: Text(500)),
        OwnKind("long_text", _("Long text"), "text", storage.TEXT, lambda _field: LongText(20_000)),
        OwnKind("number", pgettext_lazy("kind of values", "Number"), "hash", storage.NUMBER, _number),
        OwnKind("amount", _("Money"), "coins", storage.NUMBER, _amount),
        OwnKind("percentage", _("Percentage"), "percent", storage.NUMBER, lambda _field: Percentage()),
        OwnKind("date", _("Date"), "calendar", storage.DAY, lambda _field: Date()),
        OwnKind("datetime", _("Date and time"), "calendar-clock", storage.MOMENT, lambda _field: DateTime()),
        OwnKind("time", _("Time of day"), "clock", storage.TIME, lambda _field: TimeOfDay()),
        OwnKind("choice", _("Choice"), "circle-dot", storage.TEXT, _choice),
        OwnKind("several", _("Several choices"), "list-checks", storage.SEVERAL, lambda f: Several(each=_choice(f))),
        OwnKind("boolean", _("Yes or no"), "toggle-left", storage.YES_NO, lambda _field: Boolean()),
        OwnKind("link", _("Link to a record"), "link", storage.LINK, lambda field: Link(field.target)),
        OwnKind("email", _("E-mail"), "mail", storage.TEXT, lambda _field: EmailAddress()),
        OwnKind("phone", _("Phone"), "phone", storage.TEXT, lambda _field: PhoneNumber()),
        OwnKind("url", _("Web address"), "globe", storage.TEXT, lambda _field: WebAddress()),
        OwnKind("iban", _("Bank account (IBAN)"), "landmark", storage.TEXT, lambda _field: BankAccount()),
        OwnKind(FORMULA, _("Formula"), "sigma", storage.TEXT, _no_domain),
        OwnKind(ROLL_UP, _("Roll-up"), "combine", storage.TEXT, _no_domain),
    )
}
WITH_CHOICES = frozenset({"choice", "several"})
