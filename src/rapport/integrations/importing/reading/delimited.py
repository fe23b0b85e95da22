"""Rows of a delimited text, one at a time, with real line numbers; a broken row spoils only itself."""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from rapport.core.spreadsheets import restored
from rapport.integrations.importing.reading.dialect import Dialect
from rapport.integrations.importing.reading.encoding import MARK_BAD_BYTES
from rapport.integrations.importing.reading.rows import MAX_ROW_CHARACTERS, Layout, Row, gettext_noop, text_problem

csv.field_size_limit(MAX_ROW_CHARACTERS)
_MAX_LINES_IN_ROW = 10_000
_RAGGED = gettext_noop("Cells in the row: %(cells)s, headings: %(headings)s. Check its quotation marks and delimiters.")
_TOO_LONG = gettext_noop("The row is longer than two million characters. Shorten it and import it again.")


@dataclass(frozen=True, slots=True)
class _Record:
    """A complete record: the line it began on, its cells, or the text that made none with the reason.

    `is_plain` tells that no cell can hold what has to be looked at: an apostrophe, NUL, or anything beyond ASCII.
    """

    line: int
    cells: list[str]
    problem: str = ""
    is_plain: bool = False


class _Lines:
    """The physical lines of a text, counted, with lines put back read again."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._again: deque[tuple[int, str]] = deque()
        self._count = 0

    def next(self) -> tuple[int, str] | None:
        """The next line with its number; None at the end."""
        if self._again:
            return self._again.popleft()
        text = self._stream.readline(MAX_ROW_CHARACTERS + 1)
        if not text:
            return None
        self._count += 1
        if len(text) > MAX_ROW_CHARACTERS and not text.endswith(("\n", "\r")):
            self._skip_line()
        return self._count, text

    def put_back(self, lines: list[tuple[int, str]]) -> None:
        """Has these lines read again, before all others."""
        self._again.extendleft(reversed(lines))

    def _skip_line(self) -> None:
        while rest := self._stream.readline(MAX_ROW_CHARACTERS):
            if rest.endswith(("\n", "\r")):
                return


def delimited_rows(path: Path, layout: Layout) -> Iterator[Row]:
    """The rows under the headings. Blank lines are no rows; ragged or broken ones come with their problem."""
    width = len(layout.columns)
    for record in records(path, encoding=layout.encoding, dialect=dialect_of(layout)):
        if record.line > layout.header_line:
            yield _row(record, width=width)


def dialect_of(layout: Layout) -> Dialect:
    """The dialect a layout speaks."""
    return Dialect(layout.delimiter, layout.quote, layout.backslash_escapes, layout.space_after_delimiter)


def records(path: Path, *, encoding: str, dialect: Dialect) -> Iterator[_Record]:
    """All records of a file, headings included, blank lines and the `sep=` line of spreadsheets left out."""
    with path.open(encoding=encoding, errors=MARK_BAD_BYTES, newline="") as stream:
        lines = _Lines(stream)
        while (numbered := lines.next()) is not None:
            line, text = numbered
            stripped = text.rstrip("\r\n")
            if not stripped or stripped.isspace() or (line == 1 and _names_delimiter(stripped)):
                continue
            if len(text) > MAX_ROW_CHARACTERS:
                yield _Record(line, [stripped[:1000]], _TOO_LONG)
            elif dialect.quote not in text and not dialect.backslash_escapes:
                is_plain = text.isascii() and "\x00" not in text and "'" not in text
                yield _Record(line, stripped.split(dialect.delimiter), is_plain=is_plain)
            else:
                yield _quoted_record(line, stripped, lines=lines, dialect=dialect)


def _names_delimiter(line: str) -> bool:
    return line.lower().startswith("sep=") and len(line) <= 5


def _quoted_record(line: int, text: str, *, lines: _Lines, dialect: Dialect) -> _Record:
    """A record with quotes, which may run over several lines. If it never closes, only its first line is lost to it."""
    taken: list[tuple[int, str]] = []
    record = text
    while True:
        try:
            return _Record(line, dialect.parse(record))
        except csv.Error as error:
            reason = str(error)
        following = _continuation(lines, record, taken=taken, dialect=dialect) if "end of data" in reason else None
        if following is None:
            lines.put_back(taken)
            return _Record(line, [text], _quote_problem(reason))
        record = f"{record}\n{following}"


def _continuation(lines: _Lines, record: str, *, taken: list[tuple[int, str]], dialect: Dialect) -> str | None:
    """The lines up to the next one that has a quote; None when the text or our patience ends before."""
    parts: list[str] = []
    size = len(record)
    while len(taken) < _MAX_LINES_IN_ROW and size < MAX_ROW_CHARACTERS:
        numbered = lines.next()
        if numbered is None:
            return None
        taken.append(numbered)
        part = numbered[1].rstrip("\r\n")
        parts.append(part)
        size += len(part) + 1
        if dialect.quote in part:
            return "\n".join(parts)
    return None


def _quote_problem(reason: str) -> str:
    if "end of data" in reason:
        return gettext_noop("The row opens a quotation mark that is never closed. Close it or double it.")
    if "limit" in reason:
        return _TOO_LONG
    return gettext_noop("The row has a quotation mark in the wrong place. Double the marks inside a quoted cell.")


def _row(record: _Record, *, width: int) -> Row:
    if record.is_plain and len(record.cells) == width:
        return Row(record.line, tuple(record.cells))
    cells = [restored(cell) if cell[:1] == "'" else cell for cell in record.cells]
    problem = record.problem
    if not problem and len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        cells = cells[:width]
    if not problem and len(cells) != width:
        details = {"cells": len(cells), "headings": width}
        return Row(record.line, tuple(cells), problem=_RAGGED, details=details)
    return Row(record.line, tuple(cells), problem=problem or text_problem("\x1f".join(cells)))
