"""Rows of one sheet of a workbook, streamed. Runs in the child process only."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import isfinite

from rapport.integrations.importing.reading.rows import MAX_COLUMNS, MAX_ROW_CHARACTERS, UnreadableFile, gettext_noop
from rapport.integrations.importing.reading.workbook import MAX_SHEET_BYTES, Sheet, Workbook, parse

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - dates of sheets have no zone
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_DAY = 2_958_465  # 9999-12-31


@dataclass(slots=True)
class SheetRow:
    """A row as the sheet has it: its number and its cells by column number from 0; `problem` as in Row."""

    line: int
    cells: dict[int, str] = field(default_factory=dict)
    problem: str = ""
    details: dict[str, str | int] = field(default_factory=dict)


def sheet_rows(workbook: Workbook, sheet: Sheet, texts: list[str]) -> Iterator[SheetRow]:
    """All rows of a sheet that hold something."""
    reader = _SheetReader(workbook, texts)
    for _ in parse(
        workbook.archive, sheet.part, limit=MAX_SHEET_BYTES, start=reader.start, end=reader.end, text=reader.text
    ):
        yield from reader.done
        reader.done.clear()


class _SheetReader:
    """Turns the elements of a sheet into rows."""

    def __init__(self, workbook: Workbook, texts: list[str]) -> None:
        self.done: list[SheetRow] = []
        self._date_styles = workbook.date_styles
        self._epoch = _EPOCH_1904 if workbook.dates_since_1904 else _EPOCH
        self._texts = texts
        self._row = SheetRow(0)
        self._column = -1
        self._kind = ""
        self._style = 0
        self._pieces: list[str] = []
        self._inside = ""
        self._formula = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag == "c":
            self._start_cell(attributes)
        elif tag in {"v", "t"}:
            self._inside = tag
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            self._row = SheetRow(_whole(attributes.get("r", ""), otherwise=self._row.line + 1))
            self._column = -1

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in {"v", "t"}:
            self._inside = ""
        elif tag == "c":
            self._end_cell()
        elif tag == "row" and (self._row.cells or self._row.problem):
            self.done.append(self._row)

    def text(self, piece: str) -> None:
        """Text of the element we are in."""
        if self._inside:
            self._pieces.append(piece)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._column = _column_number(attributes.get("r", ""), otherwise=self._column + 1)
        if self._column >= MAX_COLUMNS:
            raise UnreadableFile(gettext_noop("This sheet has too many columns. Remove the ones far to the right."))
        self._kind = attributes.get("t", "n")
        self._style = _whole(attributes.get("s", ""), otherwise=0)
        self._pieces.clear()
        self._formula = False

    def _end_cell(self) -> None:
        raw = "".join(self._pieces)
        if len(raw) > MAX_ROW_CHARACTERS:
            self._row.problem = gettext_noop("The row has a cell that is too long. Shorten it.")
            return
        if not raw and self._formula and self._kind == "n":
            self._row.problem = gettext_noop(
                "The row holds a formula without a result. Open the file in a spreadsheet, save it and import it again."
            )
        value = self._value(raw)
        if value:
            self._row.cells[self._column] = value

    def _value(self, raw: str) -> str:
        if self._kind == "s":
            return self._shared(raw)
        if self._kind == "b":
            return "true" if raw == "1" else "false"
        if self._kind == "e":
            self._row.problem = gettext_noop("The row holds the spreadsheet error %(error)s. Correct the formula.")
            self._row.details = {"error": raw}
            return raw
        if self._kind == "n" and raw:
            return self._date(raw) if self._style in self._date_styles else _number(raw)
        return raw

    def _shared(self, raw: str) -> str:
        number = _whole(raw, otherwise=-1)
        if 0 <= number < len(self._texts):
            return self._texts[number]
        self._row.problem = gettext_noop("The row points at a text the workbook doesn't have: the file is damaged.")
        return raw

    def _date(self, raw: str) -> str:
        try:
            days = float(raw)
        except ValueError:
            return raw
        if not 0 <= days <= _LAST_DAY:
            return raw
        moment = self._epoch + timedelta(seconds=round(days * 86_400))
        if days < 1:
            return moment.strftime("%H:%M:%S")
        return moment.date().isoformat() if days == int(days) else moment.isoformat(" ")


def _number(raw: str) -> str:
    """A number as people write it: 1100.04 for 1100.0399999999999, 12 for 12.0."""
    try:
        number = float(raw)
    except ValueError:
        return raw
    if not isfinite(number):
        return raw
    if abs(number) < 1e15 and number == int(number):
        return str(int(number))
    return repr(float(f"{number:.15g}"))


def _whole(text: str, *, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise


def _column_number(reference: str, *, otherwise: int) -> int:
    """0 for A7, 27 for AB7."""
    number = 0
    for character in reference[:8]:
        if not "A" <= character <= "Z":
            break
        number = number * 26 + ord(character) - 64
    return number - 1 if number else otherwise
