"""What the columns of a table hold, told from their values alone."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

_RARELY_FILLED = 0.02
_MOST_COMPARED = 40
_MOST_CATEGORIES = 30
_SHARE_OF_CATEGORIES = 0.002
_MOSTLY_DIGITS = 0.6
_CONTAINS_ANOTHER = 0.7
_MOSTLY_NAMES = 0.1


class Kind(StrEnum):
    """How the values of a column are compared."""

    CATEGORY = "category"
    CODE = "code"
    TEXT = "text"


@dataclass(frozen=True)
class Column:
    """A column with its values in comparable form, None where there is none."""

    name: str
    kind: Kind
    values: Sequence[str | None]


def columns_of(table: Mapping[str, Sequence[str | None]]) -> list[Column]:
    """The columns worth comparing.

    Left out: hardly filled, the same everywhere, a different one in every row (an identifier), made of other columns;
    and of very wide tables all but the forty columns with the most different values.
    """
    described = _described(table)
    found = _most_telling([Column(name, kind, values) for name, kind, values in described if kind is not None])
    if not found:
        return [Column(name, Kind.TEXT, values) for name, _kind, values in described if _is_list_of_names(values)][:1]
    return [column for column in found if not any(_is_made_of(column, other) for other in found)]


def _most_telling(columns: Sequence[Column]) -> list[Column]:
    """Those with the most different values, in their old order."""
    different = {column.name: len(set(column.values)) for column in columns}
    taken = sorted(different, key=lambda name: -different[name])[:_MOST_COMPARED]
    return [column for column in columns if column.name in taken]


def _described(table: Mapping[str, Sequence[str | None]]) -> list[tuple[str, Kind | None, list[str | None]]]:
    comparable = {name: [comparable_text(value or "") for value in values] for name, values in table.items()}
    return [(name, _kind_of(values), values) for name, values in comparable.items()]


@lru_cache(maxsize=200_000)
def comparable_text(text: str) -> str | None:
    """Small letters without accents and signs; None for nothing."""
    folded = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    return re.sub(r"[^\w@.]+", " ", plain).strip() or None


def _kind_of(values: Sequence[str | None]) -> Kind | None:
    filled = [value for value in values if value]
    different = len(set(filled))
    if len(filled) < _RARELY_FILLED * len(values) or different < 2:
        return None
    if different == len(values):
        return None
    if different <= min(_MOST_CATEGORIES, len(values) / 10) or different < _SHARE_OF_CATEGORIES * len(values):
        return Kind.CATEGORY
    digits = sum(sum(char.isdigit() for char in value) for value in filled)
    return Kind.CODE if digits > _MOSTLY_DIGITS * sum(map(len, filled)) else Kind.TEXT


def _is_list_of_names(values: Sequence[str | None]) -> bool:
    """Whether values, though all different, are words: most have two or more, and most letters are no digits."""
    filled = [value for value in values if value]
    several = sum(" " in value for value in filled)
    digits = sum(char.isdigit() for value in filled for char in value)
    return len(filled) > 1 and several > len(filled) / 2 and digits < _MOSTLY_NAMES * sum(map(len, filled))


def _is_made_of(column: Column, part: Column) -> bool:
    """Whether a column repeats another and adds to it, as a full name does: counted twice, it would convince twice."""
    if column is part or column.kind is not Kind.TEXT:
        return False
    both = [(whole, piece) for whole, piece in zip(column.values, part.values, strict=True) if whole and piece]
    contained = sum(len(piece) > 2 and piece != whole and piece in whole for whole, piece in both)
    return contained > _CONTAINS_ANOTHER * len(both) > 0
