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
