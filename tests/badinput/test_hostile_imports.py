"""Hostile files through the door of the import: refused with a sentence or read row by row; nothing half-kept."""

import io
import json
import resource
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rapport.core.actors import Actor
from rapport.core.problems import Problem
from rapport.directory.models import Organisation
from rapport.integrations.importing import jobs
from rapport.integrations.importing.service import Upload, report_of, start_import
from rapport.integrations.models import Import, Status

from .strings import SHARED, own

CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="x/worksheet" Target="{target}"/></Relationships>'
)
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'


def workbook(
    rows: str, *, target: str = "worksheets/s.xml", before: str = "", more: dict[str, bytes] | None = None
) -> bytes:
    """An XLSX file made of these rows, however odd."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS.format(target=target))
        archive.writestr("xl/worksheets/s.xml", before + SHEET.format(rows=rows))
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return held.getvalue()


def row(number: int, *cells: str) -> str:
    written = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
    return f'<row r="{number}">{written}</row>'


TWO = row(1, "name", "country") + row(2, "Hostile", "France")


def made_here() -> Iterator[tuple[str, bytes]]:
    """Files by name; each has broken some reader."""
    yield from _delimited()
    yield from _workbooks()
    yield from _json()


def _delimited() -> Iterator[tuple[str, bytes]]:
    yield "empty.csv", b""
    yield "only-mark.csv", b"\xef\xbb\xbf"
    yield "nul.csv", b"name,country\nA\x00B,France\nC,France\n"
    yield "utf16-without-mark.csv", "name,country\nÉmile,France\n".encode("utf-16-le")
    yield "utf32.csv", "name\nÉmile\n".encode("utf-32")
    yield "mixed.csv", "name,country\nÉmile,France\n".encode() * 50 + "Zoé,France\n".encode("cp1252")
    yield "never-closed.csv", b'name,country\n"Hostile,France\n' + b"A,France\n" * 50
    yield "same-headings.csv", b"name,name,name,,\nA,B,C,D,E\n"
    yield "ragged.csv", b"name,country\nA\nB,France,x,y\n,,\n"
    yield "wide.csv", b",".join(b"c%d" % n for n in range(150)) + b"\n" + b"x," * 149 + b"x\n"
    yield "too-wide.csv", b",".join(b"c%d" % n for n in range(10_000)) + b"\n"
    yield "one-field.csv", b"name,country\n" + b"x" * 3_000_000 + b",France\nB,France\n"
    yield "lone-returns.csv", b"name,country\rA,France\rB,France\r"
    yield "separators.csv", "name\x1fcountry\x1eA\x1fFrance\u2028B\x85C\n".encode()
    yield (
        "strings.csv",
        ("name\n" + "\n".join(json.dumps(text) for text in own() if len(text) < 300)).encode("utf-8", "replace"),
    )
    yield "is-html.csv", b"<!doctype html><script>alert('zq7')</script>"
    yield "is-a-zip.csv", workbook(TWO)


def _workbooks() -> Iterator[tuple[str, bytes]]:
    yield "is-text.xlsx", b"name,country\nA,France\n"
    yield "cut-off.xlsx", workbook(TWO)[:-90]
    yield "no-workbook.xlsx", b"PK\x03\x04" + b"\x00" * 200
    yield "entities.xlsx", workbook(TWO, before=ENTITIES)
    yield "external.xlsx", workbook(TWO, before='<!DOCTYPE x SYSTEM "file:///etc/hostname">')
    yield "points-outside.xlsx", workbook(TWO, target="../../../../etc/passwd")
    yield "far-away.xlsx", workbook(row(1, "name") + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    yield "beyond.xlsx", workbook(row(1, "name") + '<row r="99999999999999999999"><c r="ZZZZZZ9"><v>1</v></c></row>')
    yield "wrong-index.xlsx", workbook(row(1, "name") + '<row r="2"><c r="A2" t="s"><v>99999999999</v></c></row>')
    yield (
        "odd-numbers.xlsx",
        workbook(
            row(1, "name")
            + "".join(
                f'<row r="{n}"><c s="1"><v>{v}</v></c></row>'
                for n, v in enumerate(("1e400", "NaN", "-1e308", "x", ""), 2)
            )
        ),
    )
    yield "empty-rows.xlsx", workbook(row(1, "name", "country") + "<row/>" * 50_000)
    yield (
        "bomb.xlsx",
        workbook(
            row(1, "name") + "<row>" + " " * 60_000_000 + "</row>",
            more={"xl/sharedStrings.xml": b"<sst>" + b" " * 40_000_000 + b"</sst>"},
        ),
    )
    yield "slips.xlsx", workbook(TWO, more={"../../outside.txt": b"out", "/outside.txt": b"out"})


def _json() -> Iterator[tuple[str, bytes]]:
    yield "deep.json", b"[" * 100_000
    yield "deep-object.json", b'[{"name":' + b'{"a":' * 5_000 + b"1" + b"}" * 5_000 + b"}]"
    yield (
        "numbers.json",
        b'[{"name":"A","employees":1e400},{"name":"B","employees":NaN},{"name":"C","employees":' + b"9" * 5_000 + b"}]",
    )
    yield "surrogates.json", b'[{"name":"\\ud800"},{"name":"a\\u0000b"},{"name":"\\ud83d\\ude00"}]'
    yield "same-names.json", b'[{"name":"A","name":"B","":"x"," ":"y"}]'
    yield "many-names.json", json.dumps([{f"c{n}": n for n in range(17_000)}]).encode()
    yield "cut-off.json", b'[{"name":"A"},{"name":'
    yield "lists.json", b'[[1,2],[3],"x",null,{"name":["a",{"b":1}]}]'


FILES = dict(made_here())


@pytest.fixture(autouse=True)
def child_is_bounded() -> Iterator[None]:
    """The test itself must not need much: what is large is read in a child process."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000  # kilobytes


def outcome(name: str, content: io.BufferedIOBase | io.BytesIO) -> str:
    """What became of a file: refused before anything was kept, or every row accounted for after its dry run."""
    try:
        subject = start_import([Upload(name, content)])  # type: ignore[arg-type]
    except Problem as problem:
        assert str(problem)  # noqa: PT017 - both are right answers
        assert not Import._base_manager.exists()
        return f"refused: {problem}"
    jobs.check_now(subject)
    subject.refresh_from_db()
    assert subject.status in (Status.CHECKED, Status.FAILED), subject.status
    assert subject.status == Status.CHECKED or subject.problem
    report = report_of(subject)
    assert report.accounted
    from rapport.integrations.importing.service import discard

    discard(subject)
    return "checked"


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.HOME = tmp_path / "home"
    settings.HOME.mkdir()
    return settings.HOME  # type: ignore[no-any-return]


def written_outside(folder: Path) -> list[Path]:
    return [path for path in folder.parent.rglob("*") if path.is_file() and folder not in path.parents]


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_or_accounted_for(name: str, as_system: Actor, fresh: None, folder: Path) -> None:
    outcome(name, io.BytesIO(FILES[name]))
    assert not written_outside(folder)
    assert not Organisation.objects.exists()


ATTACKS = [
    path for where in ("csv-made-here", "archives-made-here") for path in sorted((SHARED / where / "data").glob("*"))
]


@pytest.mark.soak
@pytest.mark.skipif(
    not ATTACKS, reason="the attack files aren't here; set RAPPORT_DATA to the folder that holds attacks/"
)
@pytest.mark.parametrize("path", ATTACKS, ids=lambda path: path.name)
def test_the_shared_hostile_files_are_refused_or_accounted_for(
    path: Path, as_system: Actor, fresh: None, folder: Path
) -> None:
    with path.open("rb") as stream:
        print(path.name, outcome(path.name, stream)[:150])
    assert not written_outside(folder)


@pytest.mark.soak
def test_a_hundred_megabytes_in_one_field_are_one_bad_row(as_system: Actor, fresh: None, folder: Path) -> None:
    large = folder / "large.csv"
    with large.open("wb") as file:
        file.write(b"name,country\nA,France\n" + b"x" * 100_000_000 + b",France\nB,France\n")
    with large.open("rb") as stream:
        assert outcome("large.csv", stream) == "checked"
    large.unlink()
