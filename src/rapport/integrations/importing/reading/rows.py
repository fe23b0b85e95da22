"""What reading yields: layouts and rows, the same for every format."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

MAX_ROW_CHARACTERS = 2_000_000
MAX_COLUMNS = 1_000  # no table people export is wider; each is asked for on one page
_BROKEN = re.compile("[\ud800-\udfff]")


def gettext_noop(sentence: str) -> str:
    """Marks a sentence for translation, which happens where it is shown: the child process knows no language."""
    return sentence


class UnreadableFile(Exception):
    """The file as a whole can't be read; the sentence, with its details filled in, says why and what to do."""

    def __init__(self, sentence: str, **details: str | int) -> None:
        self.sentence, self.details = sentence, details
        super().__init__(sentence % details if details else sentence)


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
    """One row: the line it began on, a cell per column, cells that have no column, and why it can't be used, if so.

    `problem` is a sentence with places for `details`.
    """

    line: int
    cells: tuple[str, ...]
    extra: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    details: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """The problem with its details, untranslated."""
        return self.problem % self.details if self.details else self.problem


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
        return gettext_noop("The row holds a NUL character. Remove it and import the row again.")
    if not text.isascii() and _BROKEN.search(text):
        return gettext_noop("The row holds bytes that aren't text in this encoding. Choose another one or correct it.")
    return ""
