"""Files: kept by their hash, told by their content, refused when they lie, brought back by undo, purged."""

import io
import os
import time
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from rapport.activities import storage
from rapport.activities.content import checked_name, recognise
from rapport.activities.models import File
from rapport.activities.purge import purge_contents
from rapport.activities.storage import path_of
from rapport.core.events import Event
from rapport.core.problems import Problem
from rapport.core.search import search
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation
from rapport.identity.actors import actor_for
from tests.activities.conftest import titles
from tests.cast import Cast

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def zipped(*names: str, mimetype: str = "", compression: int = zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path)
    return tmp_path


def attach(cast: Cast, acme: Organisation, content: bytes, name: str) -> File:
    with cast.acting(cast.alice):
        return File.attach(io.BytesIO(content), name=name, about=[acme])


def age(path: Path, *, days: int) -> None:
    past = time.time() - days * 86_400
    os.utime(path, (past, past))


def test_a_document_is_kept_and_stands_on_the_timeline(cast: Cast, acme: Organisation) -> None:
    file = attach(cast, acme, PDF, "Contract 2026.pdf")
    assert path_of(file.sha256).read_bytes() == PDF
    assert (file.title, file.content_type, file.size) == ("Contract 2026.pdf", "application/pdf", len(PDF))
    alice = actor_for(cast.alice)
    assert titles(alice, acme, "file") == ["Contract 2026.pdf"]
    assert [hit.title for hit in search(alice, "contract 2026")] == ["Contract 2026.pdf"]


def test_the_same_content_is_stored_once(cast: Cast, acme: Organisation, folder: Path) -> None:
    first, second = attach(cast, acme, PDF, "a.pdf"), attach(cast, acme, PDF, "b.pdf")
    assert first.sha256 == second.sha256
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PNG, "x.PNG", "image/png"),
        (b"\xff\xd8\xff\xe0", "x.jpeg", "image/jpeg"),
        (
            zipped("word/document.xml"),
            "x.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (zipped("xl/workbook.xml"), "x.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (
            zipped("content.xml", mimetype="application/vnd.oasis.opendocument.text"),
            "x.odt",
            "application/vnd.oasis.opendocument.text",
        ),
        (zipped("anything"), "x.zip", "application/zip"),
        ("prix;été".encode("latin-1"), "x.csv", "text/plain"),
        ("héllo".encode("utf-16"), "x.txt", "text/plain"),
        (SVG, "x.svg", "application/x-markup"),
        (b"\xef\xbb\xbf\n <html><script>alert(1)</script>", "x.html", "application/x-markup"),
        ("<script>".encode("utf-16"), "x.txt", "application/x-markup"),
    ],
)
def test_the_kind_is_told_from_the_content(
    cast: Cast, acme: Organisation, content: bytes, name: str, kind: str
) -> None:
    assert attach(cast, acme, content, name).content_type == kind


@pytest.mark.parametrize(
    ("content", "name", "complaint"),
    [
        (b"", "empty.pdf", "empty"),
        (b"MZ\x90\x00\x03\x00", "setup.exe", "not taken"),
        (b"MZ\x90\x00\x03\x00", "invoice.pdf", "not taken"),
        (b"\x7fELF\x02\x01\x01\x00", "tool", "not taken"),
        (b"#!/bin/sh\nrm -rf /\n", "notes.txt", "not taken"),
        (PNG, "picture.pdf", "not what its name says"),
        (SVG, "picture.png", "not what its name says"),
        (b"<script>alert(1)</script>", "page.pdf", "not what its name says"),
        (PDF, "no-ending", "not what its name says"),
        (b"PK\x03\x04" + b"\x00" * 40, "broken.docx", "not taken"),
        (zipped("anything"), "x.docx", "not what its name says"),
    ],
)
def test_what_lies_or_may_not_be_here_is_refused_and_leaves_nothing(
    cast: Cast, acme: Organisation, folder: Path, content: bytes, name: str, complaint: str
) -> None:
    with pytest.raises(Problem, match=complaint):
        attach(cast, acme, content, name)
    assert not File.objects.exists()
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_too_large_is_refused_before_it_fills_the_disk(
    cast: Cast, acme: Organisation, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "LARGEST", 1024 * 1024)
    with pytest.raises(Problem, match="too large: at most 1 MB"):
        attach(cast, acme, b"a" * (2 * 1024 * 1024), "big.txt")
    assert not [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\windows\\win.txt", "win.txt"),
        ("/etc/shadow.txt", "shadow.txt"),
        ("line\r\nbreak.txt", "linebreak.txt"),
        ("evil\u202etxt.pdf", "eviltxt.pdf"),
        ("nul\x00byte.txt", "nulbyte.txt"),
        (" .hidden.txt ", "hidden.txt"),
        ("é" * 300 + ".pdf", "é" * 196 + ".pdf"),
    ],
)
def test_tricks_with_names_come_to_nothing(given: str, shown: str) -> None:
    assert checked_name(given) == shown


def test_an_archive_broken_inside_is_not_taken(tmp_path: Path) -> None:
    whole = zipped("content.xml", mimetype="application/vnd.oasis.opendocument.text", compression=zipfile.ZIP_DEFLATED)
    place = whole.index(b"mimetype") + len(b"mimetype")
    path = tmp_path / "broken"
    path.write_bytes(whole[:place] + b"\xff\xff" + whole[place + 2 :])
    with pytest.raises(Problem, match="not taken"):
        recognise(path, "letter.odt")


def test_an_archive_of_hundreds_of_thousands_of_files_is_not_looked_into(tmp_path: Path) -> None:
    path = tmp_path / "many"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(25_000):
            archive.writestr(f"word/{number}.xml", "")
        archive.writestr("word/document.xml", "")
    assert recognise(path, "many.zip").content_type == "application/zip"
    with pytest.raises(Problem, match="not what its name says"):
        recognise(path, "many.docx")


@pytest.mark.parametrize("name", ["", "..", "/", "\u202e"])
def test_a_name_there_must_be(name: str) -> None:
    with pytest.raises(Problem, match="no name"):
        checked_name(name)


@pytest.mark.parametrize("hash_", ["../../etc/passwd", "a" * 63, "A" * 64, "g" * 64, ""])
def test_only_a_hash_leads_to_a_place_in_the_store(hash_: str) -> None:
    with pytest.raises(ValueError, match="hash"):
        path_of(hash_)


def test_undo_of_the_removal_brings_the_content_back(cast: Cast, acme: Organisation) -> None:
    file = attach(cast, acme, PDF, "a.pdf")
    sha256 = file.sha256
    with cast.acting(cast.alice):
        file.remove()
        purge_contents()
        undo_event(Event.objects.latest("id"))
    assert File.objects.get().sha256 == sha256
    assert path_of(sha256).read_bytes() == PDF


def test_content_is_purged_a_month_after_nothing_needs_it(cast: Cast, acme: Organisation) -> None:
    first, second = attach(cast, acme, PDF, "a.pdf"), attach(cast, acme, PDF, "b.pdf")
    path = path_of(first.sha256)
    mark = path.with_suffix(".unneeded")
    age(path, days=90)
    with cast.acting(cast.alice):
        first.remove()
        assert (purge_contents(), mark.exists()) == (0, False)
        second.remove()
    assert (purge_contents(), mark.exists()) == (0, True)
    age(mark, days=29)
    assert (purge_contents(), path.exists()) == (0, True)
    age(mark, days=31)
    assert purge_contents() == 1
    assert not path.exists()
    assert not mark.exists()


def test_content_that_is_needed_again_is_spared(cast: Cast, acme: Organisation) -> None:
    file = attach(cast, acme, PDF, "a.pdf")
    path = path_of(file.sha256)
    with cast.acting(cast.alice):
        file.remove()
    purge_contents()
    age(path.with_suffix(".unneeded"), days=31)
    attach(cast, acme, PDF, "again.pdf")
    assert purge_contents() == 0
    assert path.exists()


def test_uploads_that_broke_off_are_swept_up(folder: Path) -> None:
    left = folder / "incoming-xyz"
    left.write_bytes(b"half")
    purge_contents()
    assert left.exists()
    age(left, days=2)
    purge_contents()
    assert not left.exists()
