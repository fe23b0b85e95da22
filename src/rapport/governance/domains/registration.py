"""Numbers that identify a company towards the state."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
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


def _bounded(text: str) -> str:
    if len(text) > _LONGEST:
        raise ValueProblem(_("At most %(longest)d characters fit here. Shorten it.") % {"longest": _LONGEST})
    return text
