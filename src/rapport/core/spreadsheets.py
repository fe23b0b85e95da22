"""Text for spreadsheets: nothing in a file of ours runs as a formula, and an import reads exactly what was written.

A cell that begins with =, +, -, @ (also in the full width of East Asian keyboards, or behind spaces), a tab or a line
break would be run. It gets an apostrophe in front, and one more if apostrophes stand there already; numbers and
telephone numbers stay as they are, since they can do nothing. Reading takes one apostrophe away again where such a
sign follows.
"""

import re

_SIGN = "(?:[\\s\u200b\ufeff]*[=+\\-@＝＋－＠]|[\t\r\n])"
_RUN = re.compile(f"'*{_SIGN}")
_KEPT = re.compile(f"'+{_SIGN}")
_NUMBER = re.compile(r"[+\-]?[\d .,]+(?: x\d+)?")


def neutral(text: str) -> str:
    """The text as no spreadsheet takes it for a formula."""
    return f"'{text}" if _RUN.match(text) and not _NUMBER.fullmatch(text) else text


def restored(text: str) -> str:
    """The text that was made neutral; any other as it is."""
    return text[1:] if _KEPT.match(text) else text


# Workbooks write a character that XML can't hold, and a carriage return, as _x000D_; Excel reads them so, too.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")
_WRITTEN = re.compile(r"_x([0-9A-Fa-f]{4})_")
LONGEST_CELL = 32_767
_NOT_IN_A_NAME = re.compile(r"[\\/*?:\[\]\x00-\x1f]")
_LONGEST_NAME = 31


def name_of_sheet(text: str) -> str:
    """The text as the name of a sheet of a workbook: shorter, and without the signs that none may hold."""
    return _NOT_IN_A_NAME.sub("-", text)[:_LONGEST_NAME].strip("'") or "-"


def for_workbook(text: str) -> str:
    """The text as a cell of a workbook holds it; raises `CellTooLong`."""
    written = _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    if len(written) > LONGEST_CELL:
        raise CellTooLong
    return written


def from_workbook(text: str) -> str:
    """What was written with `for_workbook`."""
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), text)


class CellTooLong(ValueError):
    """A cell of a workbook holds at most 32,767 characters."""
