"""What the columns of a table hold, told from their texts: numbers, dates, categories, or nothing to learn from."""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from rapport.intelligence.written import days_of, numbers_of

Floats = NDArray[np.float64]
Texts = NDArray[np.object_]

Value = TypeVar("Value", bound=Hashable)
NOTHING = "\0"
_MISSING = frozenset(
    {"", "-", "--", "?", ".", "n/a", "na", "nan", "nil", "none", "null", "select", "unknown", "#n/a", "not available"}
)
_MOSTLY = 0.97
_DIFFERENT_IN_EVERY_ROW = 0.5
_WORDS_IN_A_TEXT = 3.0
_SAMPLE = 200
_ROWS_FOR_A_NUMBERING = 100
_DENSE = 20
_WORD = re.compile(r"[^\W\d_]{2,}")
_NAMES_ROWS = re.compile(
    r"(^|[\W_])(id|nr|no|number|num|key|code|uuid|guid)$|[a-z](Id|ID|Nr|No|Number|Key)$", re.IGNORECASE
)


class ColumnKind(StrEnum):
    """What can be learned from a column, and how; a measure is a number that can't be a code."""

    NUMBER = "number"
    MEASURE = "measure"
    DATE = "date"
    CATEGORY = "category"
    TEXT = "text"
    IDENTIFIER = "identifier"
    CONSTANT = "constant"


@dataclass(frozen=True)
class Coded:
    """Texts as numbers: `places` of shape (rows,) tell which of `values` stands in a row, `NOTHING` where none does."""

    values: tuple[str, ...]
    places: NDArray[np.intp]


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

    @cached_property
    def missing(self) -> NDArray[np.bool_]:
        """Where nothing is given: bool of shape (rows,)."""
        return np.array([text is None for text in self.texts.tolist()], dtype=bool)

    @cached_property
    def coded(self) -> Coded:
        """What stands in each row."""
        return Coded(*_numbered([NOTHING if text is None else text for text in self.texts.tolist()]))

    def rows(self, chosen: NDArray[np.intp]) -> "Column":
        """The same column with these rows only."""
        some = Column(self.name, self.kind, self.texts[chosen], None if self.numbers is None else self.numbers[chosen])
        if "coded" in self.__dict__:
            _with_codes(some, Coded(self.coded.values, self.coded.places[chosen]))
        return some


def columns_of(table: Mapping[str, Sequence[str | None]]) -> list[Column]:
    """Each column of a table with its kind."""
    return [column_of(name, values) for name, values in table.items()]


def column_of(name: str, values: Sequence[str | None]) -> Column:
    """A column with its kind, told from its own values."""
    coded = _coded(values)
    kind, numbers = _told_by(name, coded)
    texts = np.array([None if value == NOTHING else value for value in coded.values], dtype=object)[coded.places]
    return _with_codes(Column(name, kind, texts, numbers), coded)


def _told_by(name: str, coded: Coded) -> tuple[ColumnKind, Floats | None]:
    """The kind, and numbers where it has them."""
    different = set(coded.values) - {NOTHING}
    if len(coded.values) < 2:
        return ColumnKind.CONSTANT, None
    filled = [value for value in map(coded.values.__getitem__, coded.places.tolist()) if value != NOTHING]
    numbers = _read(different, numbers_of)
    if numbers is not None:
        kind = ColumnKind.IDENTIFIER if _numbers_rows(name, numbers, filled) else ColumnKind.NUMBER
        return kind, _spread(numbers, coded)
    days = _read(different, days_of)
    if days is not None:
        return ColumnKind.DATE, _spread(days, coded)
    if len(different) > _DIFFERENT_IN_EVERY_ROW * len(filled) and len(different) > 2:
        return (ColumnKind.TEXT if _are_texts(different) else ColumnKind.IDENTIFIER), None
    return ColumnKind.CATEGORY, None


def _coded(values: Sequence[str | None]) -> Coded:
    """Each different value is cleaned once."""
    raw, rows = _numbered(values)
    cleaned, places = _numbered([_cleaned(value) or NOTHING for value in raw])
    return Coded(cleaned, places[rows])


def _numbered(values: Sequence[Value]) -> tuple[tuple[Value, ...], NDArray[np.intp]]:
    """The different values in the order of their coming, and which of them stands in each row."""
    numbered: dict[Value, int] = {}
    places = [numbered.setdefault(value, len(numbered)) for value in values]
    return tuple(numbered), np.array(places, dtype=np.intp)


def _with_codes(column: Column, coded: Coded) -> Column:
    """Saves counting them again."""
    column.__dict__["coded"] = coded
    return column


def _cleaned(value: str | None) -> str | None:
    text = (value or "").strip()
    return None if text.casefold() in _MISSING else text


def _numbers_rows(name: str, numbers: Mapping[str, float], filled: Sequence[str]) -> bool:
    """Whole numbers, another one in every row, that lie close together or go up or down all along; or named so, and
    another one in most rows."""
    if len(filled) <= _ROWS_FOR_A_NUMBERING or any(not one.is_integer() for one in numbers.values()):
        return False
    if _NAMES_ROWS.search(name.strip()) and len(numbers) > _DIFFERENT_IN_EVERY_ROW * len(filled):
        return True
    if len(numbers) < len(filled):
        return False
    steps = np.diff([numbers[text] for text in filled])
    is_dense = max(numbers.values()) - min(numbers.values()) < _DENSE * len(numbers)
    return is_dense or bool((steps > 0).all() or (steps < 0).all())


def words_in(text: str) -> set[str]:
    """The words of a text, in small letters, each once."""
    return set(_WORD.findall(text.casefold()))


def _are_texts(different: set[str]) -> bool:
    some = sorted(different)[:: max(1, len(different) // _SAMPLE)]
    return sum(len(_WORD.findall(text)) for text in some) >= _WORDS_IN_A_TEXT * len(some)


def _spread(numbers: Mapping[str, float], coded: Coded) -> Floats:
    return np.array([numbers.get(value, np.nan) for value in coded.values], dtype=np.float64)[coded.places]


def _read(different: set[str], reading: Callable[[Sequence[str]], Floats]) -> dict[str, float] | None:
    """What each text says, if nearly all say something; a sample is looked at first."""
    texts = sorted(different)
    for some in (texts[:: max(1, len(texts) // _SAMPLE)], texts):
        read = reading(some)
        known = np.isfinite(read)
        if known.mean() < _MOSTLY:
            return None
    return dict(zip(np.array(texts, dtype=object)[known].tolist(), read[known].tolist(), strict=True))
