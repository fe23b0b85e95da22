"""The backup of each night: where the settings say, as many as they say, and noted for the status page."""

import json
from pathlib import Path
from typing import Any

import pytest

from rapport.core.backup.making import default_path, keep_newest
from rapport.core.backup.nightly import back_up_tonight


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.HOME, settings.BACKUP_FOLDER, settings.BACKUPS_KEPT = tmp_path, str(tmp_path / "backups"), 2
    return tmp_path / "backups"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_night_leaves_a_backup_and_says_so(folder: Path, tmp_path: Path) -> None:
    folder.mkdir()
    for day in ("01", "02"):
        (folder / f"rapport-2026-01-{day}-024000.rapport-backup").touch()
    back_up_tonight()
    found = sorted(path.name for path in folder.iterdir())
    assert len(found) == 2
    assert found[0] == "rapport-2026-01-02-024000.rapport-backup"
    told = json.loads((tmp_path / "last-backup.json").read_text())
    assert Path(told["path"]).name == found[1]
    assert told["bytes"] == Path(told["path"]).stat().st_size
    assert told["at"].endswith("+00:00")


def test_no_backup_is_made_where_none_are_kept(folder: Path, settings: Any) -> None:
    settings.BACKUPS_KEPT = 0
    back_up_tonight()
    assert not folder.exists()


def test_only_backups_of_ours_are_deleted(tmp_path: Path) -> None:
    kept = tmp_path / "rapport-notes.txt"
    kept.touch()
    newest = default_path(tmp_path)
    newest.touch()
    assert keep_newest(tmp_path, 0) == [newest]
    assert kept.exists()
