"""The recipe "Lose no more than a minute" of `docs/how-to/back-up-and-restore.md`, done step by step (G-D5)."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rapport.core.embedded_postgres import SAFE_SETTINGS, EmbeddedPostgres

RECIPE = Path(__file__).parents[2] / "docs" / "how-to" / "back-up-and-restore.md"
_SETTING = re.compile(r"^    (wal_level|archive_mode|archive_timeout|archive_command) = (.+)$", re.MULTILINE)
_RESTORED = re.compile(r"^    (restore_command|recovery_target_time|recovery_target_action) = (.+)$", re.MULTILINE)


def asked(server: EmbeddedPostgres, sql: str) -> str:
    return server.programs.query("rapport", sql).strip()


@pytest.mark.slow
def test_g_d5_a_server_comes_back_as_it_was_at_a_moment(tmp_path: Path) -> None:
    text = RECIPE.read_text()
    archive, base = tmp_path / "archive", tmp_path / "base"
    settings = {name: value.replace("/archive", str(archive)) for name, value in _SETTING.findall(text)}
    assert set(settings) == {"wal_level", "archive_mode", "archive_timeout", "archive_command"}
    first = EmbeddedPostgres(tmp_path / "first", settings=SAFE_SETTINGS | settings)
    for folder in (archive, base):
        folder.mkdir(mode=0o700)
        first._account.must_own(folder)
    with first.running():
        asked(first, "CREATE TABLE told (word text)")
        copied = first.programs.run(
            *("pg_basebackup", "-h", str(first.socket_folder), "-U", "rapport", "-D", str(base)),
            *("-X", "none", "-c", "fast", "--no-manifest"),
        )
        assert copied.returncode == 0, copied.stderr
        asked(first, "INSERT INTO told VALUES ('confirmed')")
        moment = asked(first, "SELECT clock_timestamp()")
        asked(first, "INSERT INTO told VALUES ('by mistake')")
        shipped = asked(first, "SELECT pg_walfile_name(pg_switch_wal())")
        wait_until((archive / shipped).exists, "The archiver did not ship the segment.")
    second = EmbeddedPostgres(tmp_path / "second", settings=SAFE_SETTINGS | restoring(text, archive, moment))
    second.folder.mkdir()
    base.rename(second.cluster)
    (second.cluster / "recovery.signal").touch()
    with second.running():
        wait_until(lambda: asked(second, "SELECT pg_is_in_recovery()") == "f", "The server did not take over.")
        assert asked(second, "SELECT string_agg(word, ',') FROM told") == "confirmed"


def restoring(text: str, archive: Path, moment: str) -> dict[str, str]:
    found = {name: value.replace("/archive", str(archive)) for name, value in _RESTORED.findall(text)}
    assert set(found) == {"restore_command", "recovery_target_time", "recovery_target_action"}
    return found | {"recovery_target_time": f"'{moment}'"}


def wait_until(done: Callable[[], bool], complaint: str) -> None:
    end = time.monotonic() + 60
    while not done():
        assert time.monotonic() < end, complaint
        time.sleep(0.2)
