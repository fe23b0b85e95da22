"""What reading yields: layouts and rows, the same for every format."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MAX_ROW_CHARACTERS = 2_000_000
MAX_COLUMNS = 16_384


class UnreadableFile(Exception):
    """The file as a whole can't be read; the message says why and what to do."""


class FileFormat(StrEnum):
    """The formats that can be read."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Layout:
    """How to read one table of a file.

    `columns` are the headings, made distinct; `sheet` names the sheet of a workbook or the list inside a JSON object;
    `header_line` is the line the headings stand on (0 where headings aren't a line of their own);
    `guesses` tell in sentences what was inferred and could be wrong.
    """

    format: FileFormat
    columns: tuple[str, ...]
    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    backslash_escapes: bool = False
    space_after_delimiter: bool = False
    sheet: str = ""
    header_line: int = 1
    guesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it began on, a cell per column, cells that have no column, and why it can't be used, if so."""

    line: int
    cells: tuple[str, ...]
    extra: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""


def distinct_columns(headings: Iterable[str]) -> tuple[str, ...]:
    """Headings with none empty and none twice: ("name", "", "name") gives ("name", "column 2", "name (2)")."""
    taken: set[str] = set()
    columns: list[str] = []
    for position, heading in enumerate(headings, start=1):
        wanted = " ".join(heading.split()) or f"column {position}"
        name, count = wanted, 1
        while name in taken:
            count += 1
            name = f"{wanted} ({count})"
        taken.add(name)
        columns.append(name)
    return tuple(columns)


def text_problem(text: str) -> str:
    """Why a text can't be stored, or "": a NUL character or bytes that don't belong to the file's encoding."""
    if "\x00" in text:
        return "holds a NUL character; remove it and import the row again"
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        return "holds bytes that aren't text in the encoding of this file; choose another encoding or correct the row"
    return ""
