"""What a column holds, judged from a sample of its values."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapport.integrations.importing.guessing.notation import Notation, notation_of, plain_date, plain_number
from rapport.integrations.importing.guessing.placeholders import is_placeholder

_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")
_URL = re.compile(r"(?:https?://|www\.)\S+|(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_PHONE = re.compile(r"\(?\+?[\d(][\d\s().\-/]{6,18}\d(?:\s*(?:x|ext\.?)\s*\d+)?", re.IGNORECASE)
_CURRENCY = re.compile(r"[A-Z]{3}")
_YES_NO = frozenset(
    (
        "true",
        "false",
        "yes",
        "no",
        "y",
        "n",
        "oui",
        "non",
        "vrai",
        "faux",
        "sim",
        "nao",
        "não",
        "verdadeiro",
        "falso",
        "0",
        "1",
        "t",
        "f",
        "x",
    )
)
_MOST = 0.9
_HALF = 0.5


class Kind(StrEnum):
    """The kinds of content a column can have."""

    EMPTY = "empty"
    BOOLEAN = "yes or no"
    INTEGER = "whole number"
    DECIMAL = "number"
    DATE = "date"
    DATETIME = "date and time"
    EMAIL = "e-mail address"
    URL = "web address"
    PHONE = "phone number"
    CODE = "code"
    CHOICE = "one of a few values"
    TEXT = "text"
    LONG_TEXT = "long text"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a sample of a column shows: its kind, how it writes, how full and how varied it is, and some values."""

    column: str
    kind: Kind
    notation: Notation
    filled: float
    distinct: int
    examples: tuple[str, ...]

    @property
    def unique(self) -> bool:
        """Whether no two rows of the sample share a value."""
        return self.filled == 1.0 and self.distinct > 1 and self.distinct_share == 1.0

    distinct_share: float = 0.0


def profile_columns(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[Profile, ...]:
    """The profile of each column of a sample."""
    sample = list(rows)
    return tuple(
        profile(column, [row[number] for row in sample if number < len(row)]) for number, column in enumerate(columns)
    )


def profile(column: str, values: Sequence[str]) -> Profile:
    """The profile of one column."""
    filled = [value.strip() for value in values if value.strip() and not is_placeholder(value)]
    notation = notation_of(filled)
    seen = list(dict.fromkeys(filled))
    return Profile(
        column,
        _kind(filled, seen, notation),
        notation,
        filled=len(filled) / len(values) if values else 0.0,
        distinct=len(seen),
        examples=tuple(value[:80] for value in seen[:5]),
        distinct_share=len(seen) / len(filled) if filled else 0.0,
    )


def _kind(filled: Sequence[str], seen: Sequence[str], notation: Notation) -> Kind:
    if not filled:
        return Kind.EMPTY
    if len(seen) <= 3 and all(value.lower() in _YES_NO for value in seen):
        return Kind.BOOLEAN
    dates = [plain_date(value, notation) for value in seen]
    if _most(dates):
        return Kind.DATETIME if any(found and len(found) > 10 for found in dates) else Kind.DATE
    if any(value.startswith(("+", "00")) for value in seen) and _most([_PHONE.fullmatch(value) for value in seen]):
        return Kind.PHONE
    numbers = [plain_number(value, notation) for value in seen]
    if _most(numbers):
        return Kind.DECIMAL if any(number and "." in number for number in numbers) else Kind.INTEGER
    return _text_kind(filled, seen)


def _text_kind(filled: Sequence[str], seen: Sequence[str]) -> Kind:
    if _most([_EMAIL.fullmatch(value) for value in seen], least=_HALF):
        return Kind.EMAIL  # so telling that many a broken one doesn't matter
    for kind, pattern in ((Kind.URL, _URL), (Kind.PHONE, _PHONE), (Kind.CODE, _CURRENCY)):
        if _most([pattern.fullmatch(value) for value in seen]):
            return kind
    if sum(map(len, filled)) / len(filled) > 120 or any("\n" in value for value in seen):
        return Kind.LONG_TEXT
    if len(filled) >= 20 and len(seen) <= max(12, len(filled) // 20):
        return Kind.CHOICE
    return Kind.TEXT


def _most(found: Sequence[object], *, least: float = _MOST) -> bool:
    return bool(found) and sum(item is not None for item in found) >= least * len(found)
