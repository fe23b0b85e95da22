"""Sources: tables of facts pulled from PostgreSQL as Arrow by `COPY`, each row with the moment since which it holds.

Moments are days since 1970 as floating-point numbers, ids are text.
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.db import connection

if TYPE_CHECKING:
    import pyarrow as pa

Belongs = Literal["record_id", "organisation_id", ""]
Columns = Mapping[str, str]
TEXT, NUMBER, WHOLE, FLAG = "string", "float64", "int64", "boolean"
CASES = "cases"
_KEYS_AT_ONCE = 2_000
_PIECE = 1 << 24
CASE_COLUMNS: Columns = {"case": WHOLE, "record_id": TEXT, "organisation_id": TEXT, "as_of": NUMBER, "began": NUMBER}
HISTORY: Columns = {"change": WHOLE, "is_first": FLAG}
"""What sources asked by `Point.told` have besides their columns: the number of the change, and whether the first."""


@dataclass(frozen=True)
class Reading:
    """How texts become columns: `select` gives `columns` behind key and moment, `read` makes those of the source."""

    columns: Columns
    read: "Callable[[pa.Table], pa.Table]"


@dataclass(frozen=True)
class Source:
    """A table of facts. `select` gives `key`, `at` and the columns, with `{among}` where rows are narrowed to keys.

    `belongs_to` is the column of the cases that `key` is; "" for small tables that are always pulled whole. `now`
    replaces `select` where only the present is asked for, if that is told more quickly from elsewhere. With a `reading`
    the rows hold texts: they are always narrowed, and pulled and read for some keys at a time, so that never all texts
    are in memory.
    """

    name: str
    select: str
    belongs_to: Belongs
    columns: Columns
    key: str = "key"
    now: str = ""
    reading: Reading | None = None

    @property
    def all_columns(self) -> Columns:
        """Key, moment and the columns."""
        return {"key": TEXT, "at": NUMBER, **self.columns}

    def pull(self, keys: Sequence[str] | None, *, is_now: bool = False) -> "pa.Table":
        """The rows of these keys; of all with None."""
        narrowed = keys is not None and self.belongs_to != ""
        select = self.now if is_now and self.now else self.select
        sql = select.replace("{among}", f"AND {self.key} = ANY(%s::uuid[])" if narrowed else "")
        if self.reading and keys is not None:
            return self._read(sql, keys, self.reading)
        return pulled(sql, self.all_columns, [list(keys or ())] if narrowed else None)

    def _read(self, sql: str, keys: Sequence[str], reading: Reading) -> "pa.Table":
        import pyarrow as pa

        columns = {"key": TEXT, "at": NUMBER, **reading.columns}
        parts = [list(keys[start : start + _KEYS_AT_ONCE]) for start in range(0, len(keys), _KEYS_AT_ONCE)] or [[]]
        return pa.concat_tables([reading.read(pulled(sql, columns, [part])) for part in parts])


def pulled(sql: str, columns: Columns, parameters: Sequence[object] | None = None) -> "pa.Table":
    """What a statement of PostgreSQL gives, as Arrow."""
    import pyarrow as pa  # loaded where it is needed: pages that show scores do without

    schema = pa.schema({name: pa.type_for_alias(kind) for name, kind in columns.items()})
    return pa.concat_tables([schema.empty_table(), *(_read(piece, schema) for piece in _copied(sql, parameters))])


def _copied(sql: str, parameters: Sequence[object] | None) -> Iterator[io.BytesIO]:
    """CSV of whole rows, some megabytes at a time: all of it would need more memory than the table made of it.

    PostgreSQL sends each row as a message of its own, so a piece never ends within one.
    """
    with connection.cursor() as cursor:
        raw, piece = cursor.cursor, io.BytesIO()
        statement = f"COPY ({sql}) TO STDOUT (FORMAT csv)"
        with connection.wrap_database_errors, raw.copy(statement, parameters) as copy:
            for row in copy:
                piece.write(row)
                if piece.tell() >= _PIECE:
                    yield _begun(piece)
                    piece = io.BytesIO()
    if piece.tell():
        yield _begun(piece)


def _begun(piece: io.BytesIO) -> io.BytesIO:
    piece.seek(0)
    return piece


def _read(found: io.BytesIO, schema: "pa.Schema") -> "pa.Table":
    from pyarrow import csv

    return csv.read_csv(
        found,
        read_options=csv.ReadOptions(column_names=schema.names),
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(
            column_types=schema,
            null_values=[""],
            true_values=["t"],
            false_values=["f"],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )
