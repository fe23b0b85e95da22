"""Rows as words, for tables whose columns hold long texts: titles, addresses, descriptions."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .columns import comparable_text

_LONG = 3.0  # words of letters a value; fewer are names and codes, which are compared as wholes
_RARELY_FILLED = 0.02
_WORDS_OF_A_NAME = 1.5
_WHOLE = re.compile(r"(\d+)\.0+")
_FRACTION = re.compile(r"\d+\.\d+")


@dataclass(frozen=True)
class Rows:
    """The words of each row, of all its columns (`texts`) and of each column that all tables have."""

    texts: Sequence[str]
    columns: Mapping[str, Sequence[str]]


@lru_cache(maxsize=200_000)
def words_of(text: str) -> str:
    """The words of a value: small letters, no signs; 3.50 stays one word and 2003.0 is 2003."""
    found: list[str] = []
    for word in (comparable_text(text) or "").replace("@", " ").split():
        bare = word.strip(".")
        whole = _WHOLE.fullmatch(bare)
        if whole or _FRACTION.fullmatch(bare):
            found.append(whole[1] if whole else bare)
        else:
            found += [part for part in bare.split(".") if part]
    return " ".join(found)


def holds_long_texts(rows: Rows) -> bool:
    """Whether the values of its columns of letters have three words or more on average."""
    texts = [value for values in rows.columns.values() for value in values if _has_letters(value)]
    words = sum(_has_letters(word) for text in texts for word in text.split())
    return words >= _LONG * len(texts) > 0


def _has_letters(text: str) -> bool:
    return any(char.isalpha() for char in text)


def rows_of(tables: Sequence[Mapping[str, Sequence[str | None]]]) -> Rows:
    """All rows of the tables, one table after the other.

    Left out: columns hardly filled, the same everywhere, or numbering the rows. A column that only one table has still
    counts among the words of the whole row, as two tables seldom call everything the same.
    """
    worded = [_worded(table) for table in tables]
    shared = [name for name in worded[0] if all(name in table for table in worded)]
    joined = {name: [text for table in worded for text in table[name]] for name in shared}
    texts = [" ".join(filter(None, row)) for table in worded for row in zip(*table.values(), strict=True)]
    return Rows(texts, {name: values for name, values in joined.items() if len(set(values)) > 1})


def _worded(table: Mapping[str, Sequence[str | None]]) -> dict[str, list[str]]:
    worded = {name: [words_of(value or "") for value in values] for name, values in table.items()}
    kept = {name: values for name, values in worded.items() if not _says_nothing(values)}
    return kept or worded


def _says_nothing(values: Sequence[str]) -> bool:
    """Whether hardly any is filled, or each row has one short value of its own: a number of the row."""
    filled = [value for value in values if value]
    if len(filled) < _RARELY_FILLED * len(values) or not filled:
        return True
    words = sum(len(value.split()) for value in filled)
    return len(set(filled)) == len(values) > 1 and words < _WORDS_OF_A_NAME * len(filled)
