"""Workbooks of one sheet, written row by row to the disk, so that a long list does not fill the memory."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from tempfile import TemporaryFile
from typing import Any

_PIECE = 1 << 16


def workbook_pieces(name: str, rows: Callable[[Any], Iterable[Sequence[object]]]) -> Iterator[bytes]:
    """The file in pieces; `name` is that of the sheet, for whose cells `rows` is asked.

    Where `rows` raises, nothing of what was written so far stays on the disk.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(name)
    with TemporaryFile() as file:
        with _leaving_nothing(sheet):
            for row in rows(sheet):
                sheet.append(row)
            book.save(file)
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


@contextmanager
def _leaving_nothing(sheet: Any) -> Iterator[None]:
    """Behind a failure openpyxl would keep the rows in a file of its own until the process ends."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            if not sheet.closed:
                sheet.close()
        with suppress(OSError):
            sheet._writer.cleanup()  # noqa: SLF001 - what openpyxl does itself behind a success
        raise
