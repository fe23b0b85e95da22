"""The rows that weren't imported, as a CSV file to correct and import again: nothing in it can run in a spreadsheet."""

import csv
import io
from collections.abc import Iterator

from rapport.core.spreadsheets import neutral
from rapport.integrations.importing.reporting import row_notes
from rapport.integrations.models import ImportFile


def bad_rows_csv(file: ImportFile) -> Iterator[str]:
    """The file's headings with line and reason before them, then each row that wasn't used."""
    yield _line(["line", "outcome", "reason", *file.columns], start="\ufeff")
    for note in row_notes(file, limit=None):
        yield _line([str(note.line), note.outcome, note.reason, *note.cells])


def _line(cells: list[str], *, start: str = "") -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(neutral(cell) for cell in cells)
    return start + buffer.getvalue()
