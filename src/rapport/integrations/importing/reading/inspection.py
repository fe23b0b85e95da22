"""Finds out how a file is to be read, and opens its rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from rapport.integrations.importing.reading.delimited import delimited_rows, records
from rapport.integrations.importing.reading.dialect import sniff_dialect
from rapport.integrations.importing.reading.encoding import MARK_BAD_BYTES, detect_encoding
from rapport.integrations.importing.reading.isolated import QUICK_SECONDS, Request, read_isolated
from rapport.integrations.importing.reading.rows import (
    MAX_COLUMNS,
    FileFormat,
    Layout,
    Row,
    UnreadableFile,
    distinct_columns,
    gettext_noop,
    text_problem,
)

_SNIFF_CHARACTERS = 1 << 16
_OLD = gettext_noop(
    "This is a workbook of the old kind (XLS) or protected by a password. Save it as XLSX and import that."
)
_HEADINGS = gettext_noop(
    "The headings in line %(line)s can't be read. Look for quotation marks and strange characters."
)
_MAX_TABLES = 50
_ARCHIVE = b"PK\x03\x04"
_IN_JSON_LIST = frozenset('{["]-0123456789') | {""}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in a file, with its first rows."""

    layout: Layout
    sample: tuple[Row, ...]


def inspect(path: Path, *, encoding: str = "", delimiter: str = "", sample_size: int = 1_000) -> tuple[Table, ...]:
    """The tables of a file: one for CSV, one per filled sheet of a workbook or list of a JSON file.

    `encoding` and `delimiter` overrule what would be detected. Raises UnreadableFile with a sentence for the user.
    """
    file_format = detect_format(path)
    if file_format is FileFormat.CSV:
        layout = _csv_layout(path, encoding=encoding, delimiter=delimiter)
        return (Table(layout, tuple(islice(delimited_rows(path, layout), sample_size))),)
    codec = "" if file_format is FileFormat.XLSX else (encoding or detect_encoding(path).codec)
    return _isolated_tables(path, file_format, encoding=codec, sample_size=sample_size)


def open_rows(path: Path, layout: Layout) -> Iterator[Row]:
    """All rows of a table, streamed: memory stays the same however long the file is."""
    if layout.format is FileFormat.CSV:
        yield from delimited_rows(path, layout)
        return
    for kind, *content in read_isolated(
        Request(str(path), layout.format, encoding=layout.encoding, table=layout.sheet)
    ):
        if kind == "row":
            yield _row(content)


def detect_format(path: Path) -> FileFormat:
    """The format by the first bytes; the name of a file is never believed."""
    with path.open("rb") as stream:
        start = stream.read(_SNIFF_CHARACTERS)
    if start.startswith(_ARCHIVE):
        return FileFormat.XLSX
    if start.startswith(_OLD_OFFICE):
        raise UnreadableFile(_OLD)
    if start.startswith(b"%PDF"):
        raise UnreadableFile(gettext_noop("This is a PDF. Export the table as CSV, XLSX or JSON."))
    encoding = detect_encoding(path)
    text = start.decode(encoding.codec, MARK_BAD_BYTES).lstrip("\ufeff \t\r\n")
    looks_like_json = text.startswith("{") or (text.startswith("[") and text[1:].lstrip()[:1] in _IN_JSON_LIST)
    return FileFormat.JSON if looks_like_json else FileFormat.CSV


def _csv_layout(path: Path, *, encoding: str, delimiter: str) -> Layout:
    detected = detect_encoding(path)
    codec = encoding or detected.codec
    with path.open(encoding=codec, errors=MARK_BAD_BYTES, newline="") as stream:
        sample = stream.read(_SNIFF_CHARACTERS)
    if sample.lower().startswith("sep=") and not delimiter:
        delimiter = sample[4:5]
    dialect = sniff_dialect(sample, delimiter=delimiter)
    header = next(records(path, encoding=codec, dialect=dialect), None)
    if header is None:
        raise UnreadableFile(gettext_noop("This file is empty. Export it again and check that it has rows."))
    if header.problem or text_problem("".join(header.cells)):
        raise UnreadableFile(
            _HEADINGS,
            line=header.line,
        )
    if len(header.cells) > MAX_COLUMNS:
        raise UnreadableFile(gettext_noop("This file has too many columns. Remove those you don't need."))
    guess = (detected.guess,) if detected.guess and not encoding else ()
    return Layout(
        FileFormat.CSV,
        distinct_columns(header.cells),
        encoding=codec,
        delimiter=dialect.delimiter,
        quote=dialect.quote,
        backslash_escapes=dialect.backslash_escapes,
        space_after_delimiter=dialect.space_after_delimiter,
        header_line=header.line,
        guesses=guess,
    )


def _isolated_tables(path: Path, file_format: FileFormat, *, encoding: str, sample_size: int) -> tuple[Table, ...]:
    request = Request(str(path), file_format, encoding=encoding, rows=sample_size, seconds=QUICK_SECONDS)
    layouts: list[Layout] = []
    samples: list[list[Row]] = []
    for kind, *content in read_isolated(request):
        if kind == "row":
            samples[-1].append(_row(content))
            continue
        name, columns, line = content
        layouts.append(Layout(file_format, tuple(columns), encoding=encoding, sheet=name, header_line=line))
        samples.append([])
        if len(layouts) > _MAX_TABLES:
            raise UnreadableFile(gettext_noop("This file holds too many tables. Import them in several files."))
    if not layouts:
        raise UnreadableFile(gettext_noop("This file has no rows. Export it again and check that it does."))
    return tuple(Table(layout, tuple(sample)) for layout, sample in zip(layouts, samples, strict=True))


def _row(content: list[Any]) -> Row:
    line, cells, extra, problem, details = content
    return Row(line, tuple(cells), extra, problem, details)
