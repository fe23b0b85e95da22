"""What values derived fields have: the value domain of each, and how a value is kept."""

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from ...dictionary import Field
from ...domains import Amount, Boolean, Choice, Date, DateTime, DecimalNumber, Domain, Integer, Percentage, Text
from ...formulas import FormulaProblem, Kind, Meaning
from ...formulas.meanings import RECORD_CURRENCY, currency_words
from .. import storage
from ..storage import Storage
from .money import worth

if TYPE_CHECKING:
    from ...models import OwnField

RESULTS = {
    "number": (Kind.NUMBER,),
    "amount": (Kind.NUMBER,),
    "percentage": (Kind.NUMBER,),
    "text": (Kind.TEXT, Kind.CHOICE),
    "date": (Kind.DATE,),
    "boolean": (Kind.YES_NO,),
}
_STORED = {
    **dict.fromkeys(("integer", "decimal", "year", "amount", "percentage"), storage.NUMBER),
    "date": storage.DAY,
    "datetime": storage.MOMENT,
    "boolean": storage.YES_NO,
}
_NUMBERS = frozenset({"integer", "decimal", "amount", "percentage"})
_ROLLED = {
    "sum": _NUMBERS,
    "average": _NUMBERS,
    "min": _NUMBERS | {"date", "datetime"},
    "max": _NUMBERS | {"date", "datetime"},
    "newest": _NUMBERS | {"date", "datetime", "text", "choice", "boolean"},
}
_LONGEST, _LARGEST = 500, Decimal(10) ** 18


def storage_of(domain: Domain) -> Storage:
    """How values of a domain are kept."""
    return _STORED.get(domain.kind, storage.TEXT)


def formula_domain(own: "OwnField", meaning: Meaning) -> Domain:
    """The values of a formula; raises `FormulaProblem` when it gives others than the field is to hold."""
    if meaning.kind not in RESULTS.get(own.result, ()):
        wanted = RESULTS.get(own.result, (Kind.OTHER,))[0].words
        message = _("The formula gives %(given)s, and the field is to hold %(wanted)s. Change the one or the other.")
        raise FormulaProblem(message % {"given": meaning.words, "wanted": wanted})
    return _amount_domain(own, meaning.currency) if own.result == "amount" else _plain_domain(own)


def _amount_domain(own: "OwnField", given: str) -> Domain:
    """Amounts in the currency of what they follow from; where that is in none, in the one chosen for the field."""
    if own.currency and given not in ("", own.currency):
        words = {"given": currency_words(given), "wanted": own.currency}
        message = _("The formula gives an amount in %(given)s, and the field is to hold one in %(wanted)s.")
        raise FormulaProblem(message % words)
    if given.startswith(RECORD_CURRENCY):
        return Amount(currency_field=given.removeprefix(RECORD_CURRENCY))
    if not (given or own.currency):
        raise FormulaProblem(_("The formula does not tell in which currency. Choose one below."))
    return Amount(currency_field="", currency=given or own.currency)


def _plain_domain(own: "OwnField") -> Domain:
    match own.result:
        case "percentage":
            return Percentage(least=None)
        case "text":
            return Text(_LONGEST)
        case "date":
            return Date()
        case "boolean":
            return Boolean()
    return DecimalNumber(places=own.places) if own.places else Integer(most=DecimalNumber.most)


def rolled_domain(own: "OwnField", over: Field | None) -> Domain:
    """The values of a roll-up over a field; raises `FormulaProblem` when such values can't be rolled up so."""
    if over is None:
        return Integer()
    if over.domain.kind not in _ROLLED[own.rolled_how]:
        words = {"field": over.label}
        raise FormulaProblem(_("“%(field)s” can't be rolled up this way. Choose another field or another way.") % words)
    domain = over.domain
    if isinstance(domain, Amount):
        return Amount(currency_field="", currency=worth().base)
    if domain.kind in _NUMBERS:
        places = max(getattr(domain, "places", 0), 2 if own.rolled_how == "average" else 0)
        return DecimalNumber(places=places) if places else Integer(most=DecimalNumber.most)
    return domain if isinstance(domain, Choice | Date | DateTime | Boolean) else Text(_LONGEST)


def kept(domain: Domain, value: Any) -> Any:
    """A value as JSON holds it; None for nothing and for what is too large to be kept."""
    if value is None or value == "":
        return None
    if isinstance(domain, DecimalNumber):
        if abs(value) >= _LARGEST:
            return None
        rounded = Decimal(value).quantize(Decimal(1).scaleb(-domain.places), rounding=ROUND_HALF_UP)
        return str(rounded + 0)  # no minus before zero
    if isinstance(domain, Text):
        return " ".join(str(value).split())[:_LONGEST].strip() or None
    return storage_of(domain).write(value)
