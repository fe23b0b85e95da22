"""The three ways a table is written and read again: CSV, XLSX, JSON Lines. Each reads back exactly what was written."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from django.utils.translation import gettext as _

from rapport.core.problems import Problem
from rapport.core.records import Record
from rapport.core.snapshots import to_json
from rapport.core.spreadsheets import LONGEST_CELL, CellTooLong, for_workbook, from_workbook, neutral, restored
from rapport.core.workbooks import workbook_pieces
from rapport.governance.dictionary import entry_of
from rapport.governance.domains import Integer

from .tables import Table, as_text, from_text

_AT_ONCE = 500
_MOST_XLSX_ROWS = 1_000_000
csv.field_size_limit(1 << 28)


Count = Callable[[], None]
Write = Callable[[Table, Count], Iterator[bytes]]
Read = Callable[[type[Record], Path], Iterator[Mapping[str, Any]]]


@dataclass(frozen=True)
class Format:
    """A way to write tables in pieces, counting the rows, and to read them again; `suffix` is that of its files."""

    suffix: str
    write: Write
    read: Read


def _csv(table: Table, count: Count) -> Iterator[bytes]:
    """With the mark by which spreadsheets know UTF-8; nothing in it runs as a formula."""
    yield "\ufeff".encode() + _lines([table.columns])
    rows = table.rows()
    while part := list(islice(rows, _AT_ONCE)):
        yield _lines([neutral(as_text(value)) for value in row] for row in part)
        for _row in part:
            count()


def _lines(rows: Iterable[Iterable[str]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_MINIMAL).writerows(rows)
    return buffer.getvalue().encode()


def _read_csv(model: type[Record], path: Path) -> Iterator[Mapping[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        columns = next(rows)
        for row in rows:
            yield from_text(model, columns, [restored(cell) for cell in row])


def _json(table: Table, count: Count) -> Iterator[bytes]:
    """One object a line."""
    rows = table.rows()
    while part := list(islice(rows, _AT_ONCE)):
        yield b"".join(to_json(dict(zip(table.columns, row, strict=True))) + b"\n" for row in part)
        for _row in part:
            count()


def _read_json(_model: type[Record], path: Path) -> Iterator[Mapping[str, Any]]:
    with path.open("rb") as file:
        for line in file:
            yield orjson.loads(line)


def _xlsx(table: Table, count: Count) -> Iterator[bytes]:
    """Every cell is text and says so; what a workbook can't hold is refused rather than cut."""

    def rows(sheet: Any) -> Iterator[list[object]]:
        yield list(table.columns)
        for number, row in enumerate(table.rows(), start=1):
            if number > _MOST_XLSX_ROWS:
                raise Problem(_("A workbook holds at most a million rows. Export as CSV."))
            yield [_cell(sheet, table, place, row) for place in range(len(row))]
            count()

    return workbook_pieces(table.record_type[:31], rows)


def _cell(sheet: Any, table: Table, place: int, row: Sequence[Any]) -> object:
    from openpyxl.cell import WriteOnlyCell

    text = as_text(row[place])
    cell: Any = WriteOnlyCell(sheet, value="")
    try:
        cell.value, cell.data_type = for_workbook(text), "s"
    except CellTooLong:
        raise Problem(_too_long(table, place, row[0], len(text))) from None
    return cell


def _too_long(table: Table, place: int, record_id: object, length: int) -> str:
    entry, name = entry_of(table.record_type), table.columns[place]
    field = entry.fields.get(name)
    told = {"type": entry.label, "id": record_id, "field": field.label if field else name}
    return _(
        "%(type)s %(id)s: “%(field)s” has %(length)s characters, and a cell of a workbook holds %(most)s. "
        "Export as CSV."
    ) % {**told, "length": Integer().display(length), "most": Integer().display(LONGEST_CELL)}


def _read_xlsx(model: type[Record], path: Path) -> Iterator[Mapping[str, Any]]:
    from openpyxl import load_workbook

    book: Any = load_workbook(path, read_only=True)
    rows = book.worksheets[0].iter_rows(values_only=True)
    columns = [str(name) for name in next(rows)]
    for row in rows:
        yield from_text(model, columns, ["" if cell is None else from_workbook(str(cell)) for cell in row])
    book.close()


FORMATS: Mapping[str, Format] = {
    "csv": Format("csv", _csv, _read_csv),
    "json": Format("jsonl", _json, _read_json),
    "xlsx": Format("xlsx", _xlsx, _read_xlsx),
}
