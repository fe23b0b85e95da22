"""What the columns of a table hold, told from their texts: numbers, dates, categories, or nothing to learn from."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rapport.intelligence.written import days_of, numbers_of

Floats = NDArray[np.float64]
Texts = NDArray[np.object_]

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

    @property
    def missing(self) -> NDArray[np.bool_]:
        """Where nothing is given: bool of shape (rows,)."""
        return np.array([text is None for text in self.texts], dtype=bool)

    @cached_property
    def coded(self) -> Coded:
        """What stands in each row."""
        numbered: dict[str, int] = {}
        places = [numbered.setdefault(NOTHING if text is None else text, len(numbered)) for text in self.texts.tolist()]
        return Coded(tuple(numbered), np.array(places, dtype=np.intp))

    def rows(self, chosen: NDArray[np.intp]) -> "Column":
        """The same column with these rows only."""
        some = Column(self.name, self.kind, self.texts[chosen], None if self.numbers is None else self.numbers[chosen])
        if "coded" in self.__dict__:  # saves counting them again
            some.__dict__["coded"] = Coded(self.coded.values, self.coded.places[chosen])
        return some


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
    numbers = _read(different, numbers_of)
    if numbers is not None:
        kind = ColumnKind.IDENTIFIER if _numbers_rows(name, numbers, filled) else ColumnKind.NUMBER
        return Column(name, kind, texts, _spread(numbers, texts))
    days = _read(different, days_of)
    if days is not None:
        return Column(name, ColumnKind.DATE, texts, _spread(days, texts))
    if len(different) > _DIFFERENT_IN_EVERY_ROW * len(filled) and len(different) > 2:
        return Column(name, ColumnKind.TEXT if _are_texts(different) else ColumnKind.IDENTIFIER, texts)
    return Column(name, ColumnKind.CATEGORY, texts)


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


def _spread(numbers: Mapping[str, float], texts: Texts) -> Floats:
    return np.array([np.nan if text is None else numbers.get(text, np.nan) for text in texts], dtype=np.float64)


def _read(different: set[str], reading: Callable[[Sequence[str]], Floats]) -> dict[str, float] | None:
    """What each text says, if nearly all say something; a sample is looked at first."""
    texts = sorted(different)
    for some in (texts[:: max(1, len(texts) // _SAMPLE)], texts):
        read = reading(some)
        known = np.isfinite(read)
        if known.mean() < _MOSTLY:
            return None
    return dict(zip(np.array(texts, dtype=object)[known].tolist(), read[known].tolist(), strict=True))
