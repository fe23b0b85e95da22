"""A table made ready for looking at: each column as its different values and, for every row, which of them it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from .shapes import number_of, number_with_comma, shape, squeezed

Codes = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.float64]
_NEARLY_ALL = 0.9


@dataclass(frozen=True, eq=False)
class Column:
    """One column: `values` are its different texts ("" for nothing), `codes` say which of them each row has."""

    name: str
    values: Sequence[str]
    codes: Codes

    @cached_property
    def counts(self) -> npt.NDArray[np.int64]:
        """How often each value stands."""
        return np.bincount(self.codes, minlength=len(self.values))

    @cached_property
    def code_of(self) -> Mapping[str, int]:
        """The code of each value."""
        return {value: code for code, value in enumerate(self.values)}

    @cached_property
    def blank(self) -> int:
        """The code of the empty text, -1 where each row has a value."""
        return next((code for code, value in enumerate(self.values) if not value.strip()), -1)

    @cached_property
    def filled(self) -> int:
        """How many rows have a value."""
        return sum(int(count) for value, count in zip(self.values, self.counts, strict=True) if value.strip())

    @property
    def blanks(self) -> int:
        """How many rows have nothing."""
        return len(self.codes) - self.filled

    @cached_property
    def shapes(self) -> Sequence[str]:
        """The shape of each value: kinds of signs in place of the signs."""
        return [shape(value) for value in self.values]

    @cached_property
    def plain(self) -> Sequence[str]:
        """Each value in small letters, without accents, blanks and signs."""
        return [squeezed(value) for value in self.values]

    @cached_property
    def numbers(self) -> Numbers:
        """Each value as a number, NaN where it is none; read with a decimal comma where nearly all the column is."""
        plain = np.array([number_of(value) for value in self.values], dtype=np.float64)
        if not any("," in value for value in self.values):
            return plain
        comma = np.array([number_with_comma(value) for value in self.values], dtype=np.float64)
        told, told_plain = (int(self.counts[~np.isnan(found)].sum()) for found in (comma, plain))
        return comma if told > told_plain and told >= _NEARLY_ALL * self.filled else plain

    @cached_property
    def share_of_numbers(self) -> float:
        """How many of the rows with a value have a number there."""
        numeric = ~np.isnan(self.numbers)
        return float(self.counts[numeric].sum()) / self.filled if self.filled else 0.0

    @cached_property
    def different(self) -> int:
        """How many different values there are, nothing left out."""
        return sum(1 for value in self.values if value.strip())

    @cached_property
    def by_count(self) -> Sequence[int]:
        """The codes of the values, the most frequent first; nothing is left out."""
        order = np.argsort(-self.counts, kind="stable")
        return [int(code) for code in order if self.values[code].strip()]


@dataclass(frozen=True, eq=False)
class Grid:
    """A table: its columns, each with the same number of rows."""

    columns: Sequence[Column]

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.columns[0].codes) if self.columns else 0

    def value(self, row: int, place: int) -> str:
        """The text of one cell; the column by its position."""
        column = self.columns[place]
        return column.values[int(column.codes[row])]


def grid_of(table: Mapping[str, Sequence[str | None]]) -> Grid:
    """The grid of a table given as texts by column."""
    return Grid([_column(name, values) for name, values in table.items()])


def _column(name: str, values: Sequence[str | None]) -> Column:
    known: dict[str, int] = {}
    codes = [known.setdefault(value or "", len(known)) for value in values]
    return Column(name, list(known), np.array(codes, dtype=np.int32))
