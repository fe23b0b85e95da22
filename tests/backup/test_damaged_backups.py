"""A backup that is broken, cut off, sealed otherwise or not ours: a sentence, and nothing touched."""

import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from rapport.core.backup import container, manifest
from rapport.core.backup.manifest import DUMP, HOME, Entry, Manifest
from rapport.core.backup.restoring import Restore, finish_swap, unfinished_swap
from rapport.core.problems import Problem

MANIFEST = Manifest("2026-01-01T00:00:00+00:00", "1.0", {}, {})


def backup(path: Path, *, passphrase: str = "", files: dict[str, bytes] | None = None, compress: bool = False) -> Path:
    with container.written(path, passphrase=passphrase) as writer:
        for name, content in (files or {DUMP: b"PGDMP" * 5_000, f"{HOME}secret_key": b"key"}).items():
            writer.add(name, [content], compress=compress)
        writer.close(Manifest(MANIFEST.made_at, "1.0", {}, {}, writer.entries))
    return path


def restored(path: Path, home: Path, **options: str) -> None:
    Restore(path, home, **options).run()  # type: ignore[arg-type]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-2_000])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[9_000] ^= 1
    path.write_bytes(content)


def lie(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(DUMP, b"other")
        described = Manifest(MANIFEST.made_at, "1.0", {}, {}, {DUMP: Entry(5, "0" * 64)})
        archive.writestr(manifest.NAME, described.as_json())


def be_newer(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(manifest.NAME, Manifest("", "9.0", {}, {}, format=99).as_json())


def be_another_archive(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")


def be_text(path: Path) -> None:
    path.write_text("no archive at all")


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (cut, "cut off"),
        (flip, "damaged"),
        (lie, "damaged"),
        (be_newer, "newer Rapport"),
        (be_another_archive, "no manifest"),
        (be_text, "no whole backup"),
        (Path.unlink, "no file"),
    ],
)
def test_a_damaged_backup_is_refused_and_nothing_touched(
    tmp_path: Path, damage: Callable[[Path], None], told: str
) -> None:
    path, home = backup(tmp_path / "a.rapport-backup"), tmp_path / "home"
    home.mkdir()
    damage(path)
    with pytest.raises(Problem, match=told):
        restored(path, home)
    assert not list(home.iterdir())


def test_any_altered_byte_of_what_is_compressed_is_told_in_a_sentence(tmp_path: Path) -> None:
    path, home = backup(tmp_path / "a.rapport-backup", compress=True), tmp_path / "home"
    home.mkdir()
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with suppress(Problem), container.opened(path, passphrase="", aside=home) as reader:
            reader.check()


@pytest.mark.parametrize("name", ["../../outside", "/etc/passwd", "database/cluster/PG_VERSION", "a/../../b"])
def test_files_that_lead_out_of_the_home_are_refused(tmp_path: Path, name: str) -> None:
    home = tmp_path / "home"
    home.mkdir()
    path = backup(tmp_path / "a.rapport-backup", files={f"{HOME}{name}": b"x"})
    with pytest.raises(Problem, match="no place here"):
        restored(path, home)
    assert not list(home.iterdir())


@pytest.mark.slow
def test_a_sealed_backup_opens_with_its_passphrase_only(tmp_path: Path) -> None:
    path, home = backup(tmp_path / "a.rapport-backup", passphrase="correct horse battery"), tmp_path / "home"
    home.mkdir()
    with pytest.raises(Problem, match="--passphrase-file"):
        restored(path, home)
    with pytest.raises(Problem, match="can't be opened"):
        restored(path, home, passphrase="wrong horse battery")
    with container.opened(path, passphrase="correct horse battery", aside=home) as reader:
        reader.check()
    flip(path)
    with pytest.raises(Problem, match="damaged"):
        restored(path, home, passphrase="correct horse battery")
    assert not list(home.iterdir())


def test_a_short_passphrase_is_refused_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="too short"):
        backup(tmp_path / "a.rapport-backup", passphrase="short")
    assert not list(tmp_path.iterdir())


def test_an_interrupted_swap_is_finished(tmp_path: Path) -> None:
    home, new = tmp_path, tmp_path / "restoring-1"
    for place, content in ((home, "old"), (new, "new")):
        (place / "database").mkdir(parents=True)
        (place / "database" / "x").write_text(content)
        (place / "secret_key").write_text(content)
    (home / "extra").write_text("old")
    (new / "ready.json").write_text('{"moves": ["database", "secret_key"], "old": "before-restore-1"}')
    old = home / "before-restore-1"
    old.mkdir()
    (home / "database").rename(old / "database")
    (new / "database").rename(home / "database")
    found = unfinished_swap(home)
    assert found == new
    assert finish_swap(home, new) == old
    assert (home / "database" / "x").read_text() == (home / "secret_key").read_text() == "new"
    assert sorted(path.name for path in old.iterdir()) == ["database", "extra", "secret_key"]
    assert unfinished_swap(home) is None
