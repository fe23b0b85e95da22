"""The parts of an XLSX workbook that rows need: sheets, shared texts, date styles. Runs in the child process only."""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from posixpath import join, normpath
from typing import IO
from xml.parsers import expat

from rapport.core.archives import BROKEN
from rapport.integrations.importing.reading.rows import UnreadableFile, gettext_noop

MAX_SHEET_BYTES = 4 << 30
_MAX_TEXT_BYTES = 512 << 20
_MAX_PART_BYTES = 32 << 20
_MAX_ENTRIES = 10_000
_DAMAGED = gettext_noop("This file is damaged or no workbook. Open it in a spreadsheet and save it again as XLSX.")
_TOO_LARGE = gettext_noop("This workbook unpacks to more than can be read. Split it or export it as CSV.")
_DOCTYPE = gettext_noop("This workbook holds an XML document type, which no spreadsheet writes. It wasn't read.")
_BLOCK = 1 << 16
_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})

Start = Callable[[str, dict[str, str]], None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: the name people see and the part of the archive that holds it."""

    name: str
    part: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """An opened workbook."""

    archive: zipfile.ZipFile
    sheets: tuple[Sheet, ...]
    date_styles: frozenset[int]
    dates_since_1904: bool


def open_workbook(path: Path) -> Workbook:
    """Opens a workbook. Raises UnreadableFile when it is none or made to do harm."""
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN as error:
        raise UnreadableFile(_DAMAGED) from error
    names = archive.namelist()
    if len(names) > _MAX_ENTRIES or "xl/workbook.xml" not in names:
        raise UnreadableFile(gettext_noop("This archive is no workbook. Export the table as CSV or XLSX."))
    sheets, since_1904 = _sheets(archive)
    return Workbook(archive, sheets, _date_styles(archive), since_1904)


def shared_texts(workbook: Workbook) -> list[str]:
    """The texts that cells point at by number."""
    part = "xl/sharedStrings.xml"
    if part not in workbook.archive.namelist():
        return []
    collector = _TextCollector()
    for _ in parse(
        workbook.archive,
        part,
        limit=_MAX_TEXT_BYTES,
        start=collector.start,
        end=collector.end,
        text=collector.text,
    ):
        pass
    return collector.texts


class _TextCollector:
    """Gathers the shared texts; reading aids for Chinese and Japanese (rPh) are left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._in_text = self._in_aid = False

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag == "si":
            self._pieces.clear()
        elif tag == "rPh":
            self._in_aid = True
        elif tag == "t":
            self._in_text = not self._in_aid

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag == "t":
            self._in_text = False
        elif tag == "rPh":
            self._in_aid = False
        elif tag == "si":
            self.texts.append("".join(self._pieces))

    def text(self, piece: str) -> None:
        """Text of the element we are in."""
        if self._in_text:
            self._pieces.append(piece)


def parse(
    archive: zipfile.ZipFile,
    part: str,
    *,
    limit: int,
    start: Start,
    end: Callable[[str], None] = lambda _tag: None,
    text: Callable[[str], None] = lambda _text: None,
) -> Iterator[None]:
    """Feeds a part to the callbacks, block by block, within a budget of bytes; yields after each block."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        with archive.open(part) as stream:
            for block in _blocks(stream, limit=limit):
                parser.Parse(block)
                yield
        parser.Parse(b"", True)  # noqa: FBT003 - its only form
    except (expat.ExpatError, *BROKEN) as error:
        raise UnreadableFile(
            gettext_noop("This workbook is damaged (%(error)s). Save it again as XLSX or export it as CSV."),
            error=str(error),
        ) from error
    yield


def _blocks(stream: IO[bytes], *, limit: int) -> Iterator[bytes]:
    used = 0
    while block := stream.read(_BLOCK):
        used += len(block)
        if used > limit:
            raise UnreadableFile(_TOO_LARGE)
        yield block


def _refuse_doctype(*_declaration: object) -> None:
    raise UnreadableFile(_DOCTYPE)


def _sheets(archive: zipfile.ZipFile) -> tuple[tuple[Sheet, ...], bool]:
    targets: dict[str, str] = {}
    named: list[tuple[str, str]] = []
    since_1904 = False

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        nonlocal since_1904
        if tag == "sheet":
            key = next((value for name, value in attributes.items() if name.rpartition(":")[2] == "id"), "")
            named.append((attributes.get("name", ""), key))
        elif tag == "workbookPr":
            since_1904 = attributes.get("date1904", "0") in {"1", "true"}

    _read_all(archive, "xl/_rels/workbook.xml.rels", relation)
    _read_all(archive, "xl/workbook.xml", sheet)
    present = set(archive.namelist())
    parts = [Sheet(name, _part(targets.get(key, ""))) for name, key in named]
    return tuple(sheet for sheet in parts if sheet.part in present), since_1904


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))


def _read_all(archive: zipfile.ZipFile, part: str, start: Start) -> None:
    if part in archive.namelist():
        for _ in parse(archive, part, limit=_MAX_PART_BYTES, start=start):
            pass


def _date_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """The cell styles (by number) that show a number as a date."""
    own_formats: set[int] = set()
    styles: list[int] = []
    inside = {"cellXfs": False}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt" and _shows_date(attributes.get("formatCode", "")):
            own_formats.add(int(attributes.get("numFmtId", "-1")))
        elif tag in {"cellXfs", "cellStyles", "dxfs"}:
            inside["cellXfs"] = tag == "cellXfs"
        elif tag == "xf" and inside["cellXfs"]:
            styles.append(int(attributes.get("numFmtId", "0")))

    _read_all(archive, "xl/styles.xml", start)
    return frozenset(number for number, format_id in enumerate(styles) if format_id in _DATE_FORMATS | own_formats)


def _shows_date(code: str) -> bool:
    bare, quoted, bracketed = [], False, False
    for character in code.lower():
        if character == '"':
            quoted = not quoted
        elif character in "[]":
            bracketed = character == "["
        elif not quoted and not bracketed:
            bare.append(character)
    return any(mark in bare for mark in "ymdhs") and "general" not in "".join(bare)
