"""The operators that a field offers, by the kind of its value domain."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..dictionary import Field


class Operand(StrEnum):
    """What an operator is compared with; selects the control that asks for it."""

    NONE = "none"
    TEXT = "text"
    NUMBER = "number"
    NUMBERS = "numbers"
    DAY = "day"
    DAYS = "days"
    PERIOD = "period"
    OPTIONS = "options"
    RECORDS = "records"


class Family(StrEnum):
    """Value domains that are compared in the same way."""

    TEXT = "text"
    OPEN_LIST = "open_list"
    CHOICE = "choice"
    BOOLEAN = "boolean"
    NUMBER = "number"
    TIME = "time"
    DAY = "day"
    MOMENT = "moment"
    LINK = "link"
    ENTRIES = "entries"
    SEVERAL = "several"
    ABOUT = "about"


@dataclass(frozen=True)
class Operator:
    """A way to compare; `key` stands in addresses, so it never changes."""

    key: str
    label: str | Promise
    operand: Operand


_EMPTY = (Operator("empty", _("is empty"), Operand.NONE), Operator("filled", _("is not empty"), Operand.NONE))
_CONTAINS = (
    Operator("contains", _("contains"), Operand.TEXT),
    Operator("lacks", _("does not contain"), Operand.TEXT),
)
_STARTS = Operator("starts", _("starts with"), Operand.TEXT)
_ONE_OF = (Operator("is", _("is"), Operand.OPTIONS), Operator("not", _("is not"), Operand.OPTIONS))
_WHEN = (
    Operator("within", _("is within"), Operand.PERIOD),
    Operator("on", _("is on"), Operand.DAY),
    Operator("before", _("is before"), Operand.DAY),
    Operator("after", _("is after"), Operand.DAY),
    Operator("between", _("is between"), Operand.DAYS),
    *_EMPTY,
)
_OPERATORS: Mapping[Family, tuple[Operator, ...]] = {
    Family.TEXT: (
        *_CONTAINS,
        Operator("is", _("is"), Operand.TEXT),
        Operator("not", _("is not"), Operand.TEXT),
        _STARTS,
        *_EMPTY,
    ),
    Family.OPEN_LIST: (*_ONE_OF, *_CONTAINS, *_EMPTY),
    Family.CHOICE: (*_ONE_OF, *_EMPTY),
    Family.BOOLEAN: (Operator("yes", _("is yes"), Operand.NONE), Operator("no", _("is no"), Operand.NONE)),
    Family.NUMBER: (
        Operator("least", _("is at least"), Operand.NUMBER),
        Operator("most", _("is at most"), Operand.NUMBER),
        Operator("between", _("is between"), Operand.NUMBERS),
        Operator("is", _("is"), Operand.NUMBER),
        Operator("not", _("is not"), Operand.NUMBER),
        *_EMPTY,
    ),
    Family.TIME: (
        Operator("least", _("is at or after"), Operand.TEXT),
        Operator("most", _("is at or before"), Operand.TEXT),
        *_EMPTY,
    ),
    Family.DAY: _WHEN,
    Family.MOMENT: _WHEN,
    Family.LINK: (
        Operator("is", _("is"), Operand.RECORDS),
        Operator("not", _("is not"), Operand.RECORDS),
        Operator("contains", _("contains"), Operand.TEXT),
        *_EMPTY,
    ),
    Family.ENTRIES: (*_CONTAINS, _STARTS, *_EMPTY),
    Family.SEVERAL: (*_ONE_OF, *_EMPTY),
    Family.ABOUT: (*_CONTAINS, *_EMPTY),
}
_FAMILIES: Mapping[str, Family] = {
    **dict.fromkeys(("text", "long_text", "email", "phone", "url", "vat", "iban"), Family.TEXT),
    **dict.fromkeys(("integer", "decimal", "year", "amount", "percentage"), Family.NUMBER),
    **dict.fromkeys(("emails", "phones", "contact_points", "addresses"), Family.ENTRIES),
    "open_list": Family.OPEN_LIST,
    "choice": Family.CHOICE,
    "boolean": Family.BOOLEAN,
    "time": Family.TIME,
    "date": Family.DAY,
    "datetime": Family.MOMENT,
    "link": Family.LINK,
    "several": Family.SEVERAL,
    "about": Family.ABOUT,
}


def family_of(field: Field) -> Family | None:
    """How the field's values are compared; None when they can't be."""
    return _FAMILIES.get(field.domain.kind)


def operators_for(field: Field) -> tuple[Operator, ...]:
    """The operators that the field offers, the usual one first; none when it can't be filtered."""
    family = family_of(field)
    return _OPERATORS[family] if family else ()
