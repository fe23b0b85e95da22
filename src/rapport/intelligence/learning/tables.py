"""Features as the columns that `tabular` learns from."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from rapport.intelligence.tabular import Column, ColumnKind

from ..features.feature import Feature

if TYPE_CHECKING:
    import pyarrow as pa

Value = float | str | None
_NOTHING, _SOMETHING = np.array(None, dtype=object), np.array("0", dtype=object)


def columns_from(table: "pa.Table", features: Iterable[Feature]) -> list[Column]:
    """The columns of a table of features, with kinds that are declared, not guessed."""
    return [_column(feature, table[feature.name]) for feature in features]


def columns_of_rows(rows: Sequence[Sequence[Value]], features: Sequence[Feature]) -> list[Column]:
    """The same of rows of values, in the order of the features."""
    import pyarrow as pa

    kinds = [pa.string() if feature.is_text else pa.float64() for feature in features]
    columns = [pa.array([row[place] for row in rows], kind) for place, kind in enumerate(kinds)]
    return columns_from(pa.table(dict(zip((one.name for one in features), columns, strict=True))), features)


def rows_of(table: "pa.Table") -> list[list[Any]]:
    """The values of each row, as JSON can hold them."""
    columns = [[_plain(value) for value in column.to_pylist()] for column in table.columns]
    return [list(row) for row in zip(*columns, strict=True)]


def _plain(value: Any) -> Value:
    if isinstance(value, str) or value is None:
        return value
    return None if value != value else round(float(value), 6)  # noqa: PLR0124 - only what is no number differs


def _column(feature: Feature, column: "pa.ChunkedArray") -> Column:
    if feature.is_text:
        return Column(feature.name, ColumnKind.CATEGORY, np.array(column.to_pylist(), dtype=object))
    numbers = np.asarray(column.cast("float64").to_numpy(zero_copy_only=False), dtype=np.float64)
    return Column(feature.name, ColumnKind.MEASURE, np.where(np.isnan(numbers), _NOTHING, _SOMETHING), numbers)
