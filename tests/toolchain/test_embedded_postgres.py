"""The embedded database: shared by processes, stopped by the last one, started again after a crash."""

import os
import signal
from pathlib import Path

import pytest

from rapport.core.embedded_postgres import SOCKET_NAME, SOCKET_PATH_LIMIT, TEST_SETTINGS, EmbeddedPostgres

pytestmark = pytest.mark.slow


def _server(folder: Path) -> EmbeddedPostgres:
    return EmbeddedPostgres(folder, settings=TEST_SETTINGS)


def test_the_last_one_to_leave_stops_the_server(tmp_path: Path) -> None:
    first, second = _server(tmp_path / "database"), _server(tmp_path / "database")
    first.enter()
    second.enter()
    first.leave()
    assert second.is_running()
    second.leave()
    assert not second.is_running()


def test_a_server_that_was_killed_starts_again(tmp_path: Path) -> None:
    server = _server(tmp_path / "database")
    with server.running():
        process = int((server.cluster / "postmaster.pid").read_text().splitlines()[0])
        os.kill(process, signal.SIGKILL)
    assert (server.cluster / "postmaster.pid").exists()
    with server.running():
        assert server.is_running()


def test_a_deep_folder_still_gets_a_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("deep" * 25) / "database"
    with _server(deep).running() as server:
        assert server.is_running()
        assert len(str(server.socket_folder / SOCKET_NAME)) <= SOCKET_PATH_LIMIT


def test_only_its_account_reaches_the_socket(tmp_path: Path) -> None:
    with _server(tmp_path / "database").running() as server:
        assert server.socket_folder.stat().st_mode & 0o077 == 0
