"""The tables of a workbook or JSON file as the messages the child process prints (see `isolated`)."""

from collections.abc import Iterator
from itertools import chain, groupby, islice
from operator import itemgetter
from pathlib import Path

from rapport.integrations.importing.reading.encoding import MARK_BAD_BYTES
from rapport.integrations.importing.reading.isolated import Request
from rapport.integrations.importing.reading.json_rows import ObjectRow, json_tables
from rapport.integrations.importing.reading.rows import (
    MAX_COLUMNS,
    FileFormat,
    Row,
    UnreadableFile,
    distinct_columns,
    gettext_noop,
    text_problem,
)
from rapport.integrations.importing.reading.spreadsheet import SheetRow, sheet_rows
from rapport.integrations.importing.reading.workbook import open_workbook, shared_texts

_LOOK_AHEAD = 1_000
_BESIDE = gettext_noop("The row has a cell in column %(column)s, right of the headings. Give that column a heading.")
Message = list[object]


def messages(request: Request) -> Iterator[Message]:
    """What the child has to say about a file."""
    if request.format == FileFormat.XLSX:
        yield from _workbook_messages(request)
    else:
        yield from _json_messages(request)


def _workbook_messages(request: Request) -> Iterator[Message]:
    workbook = open_workbook(Path(request.path))
    texts = shared_texts(workbook)
    for sheet in workbook.sheets:
        if request.table is None or sheet.name == request.table:
            rows = sheet_rows(workbook, sheet, texts)
            yield from _sheet_messages(sheet.name, islice(rows, request.rows + 1) if request.rows else rows)


def _sheet_messages(name: str, rows: Iterator[SheetRow]) -> Iterator[Message]:
    header = next(rows, None)
    if header is None:
        return
    columns = list(range(max(header.cells, default=0) + 1))
    yield ["table", name, distinct_columns(header.cells.get(number, "") for number in columns), header.line]
    for row in rows:
        yield _message(_aligned(row, columns))


def _aligned(row: SheetRow, columns: list[int]) -> Row:
    cells = tuple(row.cells.get(number, "") for number in columns)
    extra = {f"column {number + 1}": cell for number, cell in row.cells.items() if number >= len(columns)}
    if extra and not row.problem:
        return Row(row.line, cells, extra, _BESIDE, {"column": max(row.cells) + 1})
    return Row(row.line, cells, extra, row.problem, row.details)


def _json_messages(request: Request) -> Iterator[Message]:
    with Path(request.path).open(encoding=request.encoding, errors=MARK_BAD_BYTES, newline="") as stream:
        for name, group in groupby(json_tables(stream), key=itemgetter(0)):
            if request.table is not None and name != request.table:
                continue
            rows = (row for _, row in group)
            yield from _list_messages(name, islice(rows, request.rows) if request.rows else rows)
            if request.rows and not name:
                return  # nothing can follow a bare list


def _list_messages(name: str, rows: Iterator[ObjectRow]) -> Iterator[Message]:
    """A table whose columns are the keys of its first rows; a key that comes later stays with its row."""
    first = list(islice(rows, _LOOK_AHEAD))
    columns = list(dict.fromkeys(key for row in first for key in row.values))
    if len(columns) > MAX_COLUMNS:
        raise UnreadableFile(gettext_noop("This file has too many columns. Remove those you don't need."))
    known = frozenset(columns)
    yield ["table", name, columns, 0]
    for row in chain(first, rows):
        extra = {key: value for key, value in row.values.items() if key not in known}
        yield _message(Row(row.line, tuple(row.values.get(column, "") for column in columns), extra, row.problem))


def _message(row: Row) -> Message:
    problem = row.problem or text_problem("\x1f".join((*row.cells, *row.extra.values())))
    return ["row", row.line, row.cells, dict(row.extra), problem, dict(row.details)]
