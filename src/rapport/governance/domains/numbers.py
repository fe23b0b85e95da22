"""Numbers, written the English, French or Portuguese way."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, ClassVar

from babel.numbers import format_percent
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .base import Domain, ValueProblem, text_of

_SPACES = re.compile(r"[\s\u00a0\u202f']")
_MOST_DIGITS = 40  # before the point, and as many after it
_SIGNS = "€$£¥%"


def read_number(raw: object) -> Decimal | None:
    """The number in a text such as "1,234.50", "1.234,50", "1 234,50" or "€ 12"; None for an empty text.

    A single comma or point followed by three digits is read as a decimal point only when it is a point;
    "1,234" is one thousand two hundred and thirty-four.
    """
    if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
        return _decimal(str(raw))
    text = _SPACES.sub("", text_of(raw)).strip(_SIGNS)
    if not text:
        return None
    negative = text.startswith("(") and text.endswith(")")
    number = _decimal(_with_decimal_point(text.strip("()")))
    return -number if negative else number


def _with_decimal_point(text: str) -> str:
    comma, point = text.rfind(","), text.rfind(".")
    if comma >= 0 and point >= 0:
        thousands = "," if comma < point else "."
        return text.replace(thousands, "").replace(",", ".")
    if comma >= 0:
        grouped = re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+", text)
        return text.replace(",", "" if grouped else ".")
    return text.replace(".", "") if text.count(".") > 1 else text


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueProblem(_("“%(text)s” is not a number. Write it like 1234.50.") % {"text": text[:60]}) from None
    if not number.is_finite():
        raise ValueProblem(_("“%(text)s” is not a number. Write it like 1234.50.") % {"text": text[:60]})
    if number and (abs(number.adjusted()) > _MOST_DIGITS or len(number.as_tuple().digits) > 2 * _MOST_DIGITS):
        raise ValueProblem(_("“%(text)s” has more digits than can be kept. Round it.") % {"text": text[:60]})
    return number


@dataclass(frozen=True)
class DecimalNumber(Domain):
    """A number with at most `places` decimals, between `least` and `most`."""

    kind: ClassVar[str] = "decimal"
    places: int = 2
    least: Decimal | None = None
    most: Decimal | None = Decimal("999999999999")

    def parse(self, raw: object) -> Any:
        """The number, refused rather than rounded when it has too many decimals."""
        number = read_number(raw)
        if number is None:
            return None
        self._check_bounds(number)
        rounded = round(number, self.places)
        if rounded != number:
            raise ValueProblem(_("At most %(places)d decimals are kept. Round the number.") % {"places": self.places})
        return rounded

    def _check_bounds(self, number: Decimal) -> None:
        least = self.least if self.least is not None or self.most is None else -self.most
        if least is not None and number < least:
            raise ValueProblem(_("The number must be at least %(least)s.") % {"least": least})
        if self.most is not None and number > self.most:
            raise ValueProblem(_("The number must be at most %(most)s.") % {"most": self.most})

    def display(self, value: Any) -> str:
        """The number with the separators of the active language."""
        if value is None:
            return ""
        return str(formats.number_format(value, use_l10n=True, force_grouping=True))


@dataclass(frozen=True)
class Integer(DecimalNumber):
    """A whole number."""

    kind: ClassVar[str] = "integer"
    places: int = 0
    most: Decimal | None = Decimal(2_000_000_000)

    def parse(self, raw: object) -> int | None:
        """The whole number."""
        number = super().parse(raw)
        return None if number is None else int(number)


@dataclass(frozen=True)
class Year(Integer):
    """A year of the common era."""

    kind: ClassVar[str] = "year"
    standard: ClassVar[str] = "ISO 8601"
    least: Decimal | None = Decimal(1000)
    most: Decimal | None = Decimal(2100)

    def display(self, value: Any) -> str:
        """The year without separators."""
        return "" if value is None else str(value)


@dataclass(frozen=True)
class Amount(DecimalNumber):
    """An amount of money; its currency is always `currency`, or else another field of the record, `currency_field`."""

    kind: ClassVar[str] = "amount"
    currency_field: str = "currency"
    currency: str = ""


@dataclass(frozen=True)
class Percentage(DecimalNumber):
    """A share from 0 to 100."""

    kind: ClassVar[str] = "percentage"
    least: Decimal | None = Decimal(0)
    most: Decimal | None = Decimal(100)

    def display(self, value: Any) -> str:
        """`12.5%`, in French `12,5 %`: with just the decimals it has."""
        return "" if value is None else _percent(Decimal(str(value)), get_language() or "en")


@lru_cache(maxsize=4096)
def _percent(value: Decimal, language: str) -> str:
    return format_percent(value / 100, locale=language.split("-", maxsplit=1)[0], decimal_quantization=False)
