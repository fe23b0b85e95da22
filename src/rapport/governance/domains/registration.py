"""Numbers with check digits: those that identify a company towards the state, and its bank account."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from stdnum import iban
from stdnum.eu import vat
from stdnum.exceptions import ValidationError

from .base import Domain, ValueProblem, text_of

_LONGEST = 40


@dataclass(frozen=True)
class VatNumber(Domain):
    """A value-added tax number; European ones are checked by their country's rule."""

    kind: ClassVar[str] = "vat"
    standard: ClassVar[str] = "Council Directive 2006/112/EC, Article 215; national check digits"

    def parse(self, raw: object) -> str | None:
        """The number without spaces and points."""
        text = "".join(char for char in text_of(raw).upper() if char.isalnum())
        if not text:
            return None
        if text[:2].lower() not in vat.MEMBER_STATES:
            return _bounded(text)
        try:
            return str(vat.validate(text))
        except ValidationError:
            message = _("“%(text)s” is no valid VAT number of %(country)s: a digit is probably wrong.")
            raise ValueProblem(message % {"text": text[:40], "country": text[:2]}) from None


@dataclass(frozen=True)
class CompanyNumber(Domain):
    """The number in the country's company register (SIREN, NIPC, Companies House, Handelsregister …)."""

    kind: ClassVar[str] = "text"

    def parse(self, raw: object) -> str | None:
        """The number as written, in single spaces."""
        return _bounded(" ".join(text_of(raw).split())) if text_of(raw) else None


@dataclass(frozen=True)
class BankAccount(Domain):
    """The number of a bank account (IBAN): its country's length and its check digits (modulo 97) are right."""

    kind: ClassVar[str] = "iban"
    standard: ClassVar[str] = "ISO 13616"

    def parse(self, raw: object) -> str | None:
        """The number in capitals without spaces."""
        text = "".join(char for char in text_of(raw).upper() if char.isalnum())
        text = text.removeprefix("IBAN")
        if not text:
            return None
        try:
            return str(iban.validate(text, check_country=False))
        except ValidationError:
            message = _("“%(text)s” is no bank account number (IBAN): a digit is wrong, missing or too many.")
            raise ValueProblem(message % {"text": text[:_LONGEST]}) from None

    def display(self, value: object) -> str:
        """The number in groups of four, as banks print it."""
        text = "" if value is None else str(value)
        return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def _bounded(text: str) -> str:
    if len(text) > _LONGEST:
        raise ValueProblem(_("At most %(longest)d characters fit here. Shorten it.") % {"longest": _LONGEST})
    return text
