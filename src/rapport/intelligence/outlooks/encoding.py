"""Columns as one matrix of numbers for small tables: logarithms of measures, a switch for each common word."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from rapport.intelligence.tabular import Column
from rapport.intelligence.tabular.columns import Floats

_FEWEST_OF_A_WORD = 8
_MOST_WORDS = 25


@dataclass(frozen=True)
class Part:
    """How one column is drawn: `middle` stands for a missing number; `words` get a switch each."""

    name: str
    middle: float
    words: tuple[str, ...]
    is_text: bool


@dataclass(frozen=True)
class Encoding:
    """How the columns of a table are drawn."""

    parts: tuple[Part, ...]

    @property
    def owners(self) -> list[str]:
        """The column that each column of the matrix comes from."""
        return [part.name for part in self.parts for _place in range(len(part.words) if part.is_text else 2)]

    def matrix(self, columns: Sequence[Column]) -> Floats:
        """Shape (rows, as many as `owners`), nothing missing."""
        by_name = {column.name: column for column in columns}
        drawn = [each for part in self.parts for each in _drawn(part, by_name[part.name])]
        return np.column_stack(drawn) if drawn else np.empty((len(columns[0].texts), 0))

    def as_stored(self) -> list[dict[str, Any]]:
        """As JSON."""
        return [asdict(part) for part in self.parts]


def encoding_of(columns: Sequence[Column]) -> Encoding:
    """Learn from rows how to draw them."""
    return Encoding(tuple(_part(column) for column in columns))


def encoding_from(stored: Sequence[dict[str, Any]]) -> Encoding:
    """The way back."""
    return Encoding(tuple(Part(**{**one, "words": tuple(one["words"])}) for one in stored))


def _part(column: Column) -> Part:
    if column.numbers is None:
        counted = Counter(text for text in column.texts.tolist() if text is not None)
        words = (word for word, rows in counted.most_common(_MOST_WORDS) if rows >= _FEWEST_OF_A_WORD)
        return Part(column.name, 0.0, tuple(words), is_text=True)
    given = column.numbers[~np.isnan(column.numbers)]
    return Part(column.name, float(np.median(given)) if len(given) else 0.0, (), is_text=False)


def _drawn(part: Part, column: Column) -> list[Floats]:
    if column.numbers is None:
        texts = np.array(column.texts, dtype=object)
        return [(texts == word).astype(np.float64) for word in part.words]
    filled = np.where(np.isnan(column.numbers), part.middle, column.numbers)
    return [np.sign(filled) * np.log1p(np.abs(filled)), np.isnan(column.numbers).astype(np.float64)]
