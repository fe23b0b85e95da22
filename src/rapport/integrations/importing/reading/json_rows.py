"""Rows of a JSON file: an array of objects, an object per line, or an object with lists of objects.

Objects inside objects become columns with a dot (`address.city`); lists of plain values become one text, other lists
stay JSON. Runs in the child process only.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TextIO

from rapport.integrations.importing.reading.rows import MAX_COLUMNS, MAX_ROW_CHARACTERS, UnreadableFile, gettext_noop

_BLOCK = 1 << 18
_SPACE = " \t\r\n,"
_DEPTH = 8
_MISSING = gettext_noop("Line %(line)s isn't JSON: %(sign)s is missing there.")
_NO_JSON = gettext_noop("Line %(line)s isn't JSON: %(error)s.")
_CUT_OFF = gettext_noop("A list isn't closed: the file ends at line %(line)s. Export it again.")


@dataclass(slots=True)
class ObjectRow:
    """One object: the line it begins on, its values by column, and why it can't be used, if so."""

    line: int
    values: dict[str, str] = field(default_factory=dict)
    problem: str = ""


class _Text:
    """A text read in blocks, with the part not yet used and its line number."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._decoder = json.JSONDecoder()
        self._text = ""
        self._at = 0
        self.line = 1

    def peek(self) -> str:
        """The next character that isn't space or a comma; "" at the end."""
        while True:
            while self._at < len(self._text):
                character = self._text[self._at]
                if character not in _SPACE:
                    return character
                self.line += character == "\n"
                self._at += 1
            if not self._fill():
                return ""

    def skip(self, expected: str) -> None:
        """Steps over one expected character."""
        if self.peek() != expected:
            raise UnreadableFile(
                gettext_noop("Line %(line)s isn't JSON: %(sign)s is missing there."), line=self.line, sign=expected
            )
        self._at += 1

    def value(self) -> object:
        """The next whole value. Raises UnreadableFile when it is no JSON or too large."""
        self.peek()
        tried = 0
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
            except RecursionError as error:
                raise UnreadableFile(
                    gettext_noop("The value at line %(line)s is nested too deeply."), line=self.line
                ) from error
            except ValueError as error:
                if tried == len(self._text) - self._at and not self._fill():
                    raise UnreadableFile(_NO_JSON, line=self.line, error=str(error)) from error
                tried = self._need_more()
                continue
            if end == len(self._text) and self._fill():
                continue  # a number may go on in the next block
            self.line += self._text.count("\n", self._at, end)
            self._at = end
            return value

    def _need_more(self) -> int:
        """Doubles what is buffered, so that a long value is tried few times; the size now buffered."""
        before = len(self._text) - self._at
        if before > 8 * MAX_ROW_CHARACTERS:
            raise UnreadableFile(gettext_noop("The value at line %(line)s is too long."), line=self.line)
        while len(self._text) - self._at < 2 * before + 1 and self._fill():
            pass
        return len(self._text) - self._at

    def _fill(self) -> bool:
        block = self._stream.read(_BLOCK)
        if block:
            self._text = self._text[self._at :] + block
            self._at = 0
        return bool(block)


def json_tables(stream: TextIO) -> Iterator[tuple[str, ObjectRow]]:
    """All rows with the name of the list they are in ("" for a bare array or lines)."""
    text = _Text(stream)
    opening = text.peek()
    if opening == "[":
        text.skip("[")
        yield from (("", row) for row in _items(text))
    elif opening == "{":
        yield from _object_or_lines(text)
    else:
        raise UnreadableFile(gettext_noop("This JSON holds no objects. Export it as a list of objects."))
    if text.peek():
        raise UnreadableFile(gettext_noop("Line %(line)s: there is something behind the end."), line=text.line)


def _items(text: _Text) -> Iterator[ObjectRow]:
    while (character := text.peek()) != "]":
        if not character:
            raise UnreadableFile(_CUT_OFF, line=text.line)
        line = text.line
        yield _row(line, text.value())
    text.skip("]")


def _object_or_lines(text: _Text) -> Iterator[tuple[str, ObjectRow]]:
    """The first object tells: lists of objects inside make tables, otherwise each object is a row."""
    line, found = text.line, False
    single: dict[str, object] = {}
    text.skip("{")
    while text.peek() not in {"}", ""}:
        key = text.value()
        text.skip(":")
        if text.peek() == "[":
            text.skip("[")
            if text.peek() == "{":
                found = True
                yield from ((str(key), row) for row in _items(text))
                continue
            single[str(key)] = [*_plain_items(text)]
        else:
            single[str(key)] = text.value()
    text.skip("}")
    if not found:
        yield "", _row(line, single)
        while text.peek() == "{":
            line = text.line
            yield "", _row(line, text.value())


def _plain_items(text: _Text) -> Iterator[object]:
    while (character := text.peek()) != "]":
        if not character:
            raise UnreadableFile(_CUT_OFF, line=text.line)
        yield text.value()
    text.skip("]")


def _row(line: int, value: object) -> ObjectRow:
    if not isinstance(value, dict):
        return ObjectRow(line, {"value": _as_text(value)}, gettext_noop("The row isn't an object with named values."))
    row = ObjectRow(line)
    _flatten(value, into=row.values, prefix="", depth=0)
    if len(row.values) > MAX_COLUMNS:
        row.problem = gettext_noop("The object has too many values.")
    return row


def _flatten(value: dict[str, object], *, into: dict[str, str], prefix: str, depth: int) -> None:
    for key, item in value.items():
        if isinstance(item, dict) and item and depth < _DEPTH:
            _flatten(item, into=into, prefix=f"{prefix}{key}.", depth=depth + 1)
        else:
            into[f"{prefix}{key}"] = _as_text(item)


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(
        isinstance(item, str | int | float) and not isinstance(item, bool) for item in value
    ):
        return "; ".join(str(item) for item in value)
    return json.dumps(value, ensure_ascii=False)
