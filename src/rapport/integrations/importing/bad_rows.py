"""The rows that weren't imported, as a CSV file to correct and import again: nothing in it can run in a spreadsheet."""

import csv
import io
from collections.abc import Iterator

from rapport.integrations.importing.reporting import row_notes
from rapport.integrations.models import ImportFile

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def bad_rows_csv(file: ImportFile) -> Iterator[str]:
    """The file's headings with line and reason before them, then each row that wasn't used."""
    yield _line(["line", "outcome", "reason", *file.columns], start="\ufeff")
    for note in row_notes(file, limit=None):
        yield _line([str(note.line), note.outcome, note.reason, *note.cells])


def neutralised(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; plain negative numbers stay as they are."""
    if not cell.startswith(_STARTS_A_FORMULA) or _is_number(cell):
        return cell
    return f"'{cell}"


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return cell[0] in "+-" and cell[1:].replace(".", "", 1).isdecimal()


def _line(cells: list[str], *, start: str = "") -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(neutralised(cell) for cell in cells)
    return start + buffer.getvalue()
