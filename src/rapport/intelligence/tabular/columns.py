"""What the columns of a table hold, told from their texts: numbers, dates, categories, or nothing to learn from."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Texts = NDArray[np.object_]

_MISSING = frozenset(
    {"", "-", "--", "?", ".", "n/a", "na", "nan", "nil", "none", "null", "select", "unknown", "#n/a", "not available"}
)
_MOSTLY = 0.97
_DIFFERENT_IN_EVERY_ROW = 0.5
_NUMBER = re.compile(
    r"^[-+]?[€$£]?\s?\d{1,3}([ ,.'\u00a0\u202f]?\d{3})*([.,]\d+)?([eE][-+]?\d+)?\s?[%€$£]?$|^[-+]?\d*[.,]\d+$"
)
_DATE_FORMATS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%Y%m%d",
    "%d %b %Y",
    "%b %d, %Y",
    "%Y-%m",
)


class ColumnKind(StrEnum):
    """What can be learned from a column, and how; a measure is a number that can't be a code."""

    NUMBER = "number"
    MEASURE = "measure"
    DATE = "date"
    CATEGORY = "category"
    IDENTIFIER = "identifier"
    CONSTANT = "constant"


@dataclass(frozen=True)
class Column:
    """A column read.

    `numbers`: float64 of shape (rows,), NaN where missing; days since 1970 for dates. `texts`: object of shape (rows,),
    None where missing. Only a number and a date have numbers.
    """

    name: str
    kind: ColumnKind
    texts: Texts
    numbers: Floats | None = None

    @property
    def missing(self) -> NDArray[np.bool_]:
        """Where nothing is given: bool of shape (rows,)."""
        return np.array([text is None for text in self.texts], dtype=bool)

    def rows(self, chosen: NDArray[np.intp]) -> "Column":
        """The same column with these rows only."""
        return Column(self.name, self.kind, self.texts[chosen], None if self.numbers is None else self.numbers[chosen])


def columns_of(table: Mapping[str, Sequence[str | None]]) -> list[Column]:
    """Each column of a table with its kind."""
    return [column_of(name, values) for name, values in table.items()]


def column_of(name: str, values: Sequence[str | None]) -> Column:
    """A column with its kind, told from its own values."""
    texts = np.array([_cleaned(value) for value in values] or [], dtype=object)
    filled = [text for text in texts if text is not None]
    different = set(filled)
    if len(different) + (len(filled) < len(texts)) < 2:
        return Column(name, ColumnKind.CONSTANT, texts)
    numbers = _numbers_of(different)
    if numbers is not None:
        kind = ColumnKind.IDENTIFIER if _counts_rows(numbers, filled) else ColumnKind.NUMBER
        return Column(name, kind, texts, _spread(numbers, texts))
    days = _days_of(different)
    if days is not None:
        return Column(name, ColumnKind.DATE, texts, _spread(days, texts))
    if len(different) > _DIFFERENT_IN_EVERY_ROW * len(filled) and len(different) > 2:
        return Column(name, ColumnKind.IDENTIFIER, texts)
    return Column(name, ColumnKind.CATEGORY, texts)


def _cleaned(value: str | None) -> str | None:
    text = (value or "").strip()
    return None if text.casefold() in _MISSING else text


def _counts_rows(numbers: Mapping[str, float], filled: Sequence[str]) -> bool:
    """Whole numbers, another one in every row: somebody numbered the rows."""
    return len(numbers) == len(filled) > 100 and all(number == int(number) for number in numbers.values())


def _spread(numbers: Mapping[str, float], texts: Texts) -> Floats:
    return np.array([np.nan if text is None else numbers.get(text, np.nan) for text in texts], dtype=np.float64)


def _numbers_of(different: set[str]) -> dict[str, float] | None:
    """Each text's number, if nearly all are numbers."""
    found: dict[str, float] = {}
    allowed = (1 - _MOSTLY) * len(different)
    for text in different:
        number = number_of(text)
        if number is not None:
            found[text] = number
        elif (allowed := allowed - 1) < 0:
            return None
    return found


def number_of(text: str) -> float | None:
    """The number a text gives, with signs of thousands, currency and per cent; None if it gives none."""
    try:
        number = float(text)
    except ValueError:
        return _written_number(text)
    return number if np.isfinite(number) else None


def _written_number(text: str) -> float | None:
    if not _NUMBER.match(text):
        return None
    digits = re.sub(r"[^\d.,eE+-]", "", text)
    comma, point = digits.rfind(","), digits.rfind(".")
    decimal = "," if comma > point else "."
    if digits.count(decimal) > 1 or (decimal == "," and point < 0 and len(digits) - comma - 1 == 3):
        decimal = ""
    plain = "".join(char for char in digits if char not in ",." or char == decimal).replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return None


def _days_of(different: set[str]) -> dict[str, float] | None:
    """Days since 1970 of each text, if nearly all are dates of one format."""
    sample = sorted(different)[:: max(1, len(different) // 200)]
    for form in _DATE_FORMATS:
        if sum(_day(text, form) is not None for text in sample) >= _MOSTLY * len(sample):
            days = {text: day for text in different if (day := _day(text, form)) is not None}
            if len(days) >= _MOSTLY * len(different):
                return days
    return None


def _day(text: str, form: str) -> float | None:
    plain = text.removesuffix("Z").split("+")[0].split(".000")[0]
    try:
        at = datetime.strptime(plain, form).replace(tzinfo=UTC)
    except ValueError:
        return None
    return at.timestamp() / 86_400
