"""What kinds of values a formula can meet, and how the fields of a record type are read for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Row = Mapping[str, Any]
Run = Callable[[Row], Any]


class Kind(StrEnum):
    """A kind of values; nothing can be asked of `OTHER` values but whether there are any."""

    NUMBER = "number"
    TEXT = "text"
    DATE = "date"
    YES_NO = "boolean"
    CHOICE = "choice"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The kind as sentences name it."""
        return str(_WORDS[self])


_WORDS: Mapping[Kind, str | Promise] = {
    Kind.NUMBER: gettext_lazy("a number"),
    Kind.TEXT: gettext_lazy("a text"),
    Kind.DATE: gettext_lazy("a date"),
    Kind.YES_NO: gettext_lazy("yes or no"),
    Kind.CHOICE: gettext_lazy("a choice"),
    Kind.OTHER: gettext_lazy("something else"),
}
RECORD_CURRENCY = "@"  # before the name of the field that tells in which currency an amount of the record is


@dataclass(frozen=True)
class Meaning:
    """What a part of a formula gives: its kind, for money its currency, for choices their labels by code."""

    kind: Kind
    currency: str = ""
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """As sentences name it."""
        return self.kind.words


def currency_words(currency: str) -> str:
    """A currency as sentences name it."""
    return _("the record's currency") if currency.startswith(RECORD_CURRENCY) else currency


@dataclass(frozen=True)
class Source:
    """A field that a formula may read: `read` gives its value from the columns of a row, None when it is empty."""

    name: str
    label: str
    meaning: Meaning
    read: Run


@dataclass(frozen=True)
class Piece:
    """A part of a formula that was understood: what it gives, and how; `literal` is what it always gives, if known."""

    meaning: Meaning
    run: Run
    literal: Any = None

    @property
    def kind(self) -> Kind:
        """The kind of what it gives."""
        return self.meaning.kind
