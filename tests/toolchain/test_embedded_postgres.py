"""The embedded database: shared by processes, stopped by the last one, started again after a crash."""

import fcntl
import json
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rapport.core.embedded_postgres import (
    DATABASE_NAME,
    SOCKET_NAME,
    SOCKET_PATH_LIMIT,
    TEST_SETTINGS,
    EmbeddedPostgres,
)
from rapport.core.postgres_programs import DatabaseUnavailable
from tests.toolchain.served import rapport

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


def test_a_cluster_whose_making_was_cut_short_is_made_anew(tmp_path: Path) -> None:
    half = tmp_path / "database" / "cluster.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with _server(tmp_path / "database").running() as server:
        assert server.programs.query(DATABASE_NAME, "SHOW listen_addresses") == "\n"
    assert not half.exists()


def test_a_server_that_was_killed_starts_again(tmp_path: Path) -> None:
    server = _server(tmp_path / "database")
    with server.running():
        process = int((server.cluster / "postmaster.pid").read_text().splitlines()[0])
        os.kill(process, signal.SIGKILL)
    assert (server.cluster / "postmaster.pid").exists()
    with server.running():
        assert server.is_running()


def test_a_server_that_is_too_busy_to_answer_is_waited_for(tmp_path: Path) -> None:
    with _server(tmp_path / "database").running() as server:
        process = int((server.cluster / "postmaster.pid").read_text().splitlines()[0])
        second, asked_in_vain = _server(tmp_path / "database"), threading.Event()
        is_running = second.is_running

        def asked() -> bool:
            answers = is_running()
            if not answers:
                asked_in_vain.set()
            return answers

        second.is_running = asked  # type: ignore[method-assign]
        os.kill(process, signal.SIGSTOP)
        with ThreadPoolExecutor() as pool:
            entering = pool.submit(second.enter)
            assert asked_in_vain.wait(60)
            os.kill(process, signal.SIGCONT)
            entering.result(60)
        second.leave()
        assert server.is_running()


def test_nobody_waits_for_ever_to_stop_a_server_that_another_process_is_starting(tmp_path: Path) -> None:
    server = _server(tmp_path / "database")
    server.enter()
    with (server.folder / "start.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        server.leave(patience=0)
    assert not server.is_used()
    with server.running():
        assert server.is_running()


def test_a_deep_folder_still_gets_a_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("deep" * 25) / "database"
    with _server(deep).running() as server:
        assert server.is_running()
        assert len(str(server.socket_folder / SOCKET_NAME)) <= SOCKET_PATH_LIMIT


def test_a_server_that_cannot_run_says_why_and_what_to_do(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "database", settings={**TEST_SETTINGS, "shared_buffers": "none"})
    with pytest.raises(DatabaseUnavailable, match=r"(?s)DATABASE_URL=postgresql://.*shared_buffers"):
        server.enter()


def test_another_server_can_be_named_instead(tmp_path: Path) -> None:
    with _server(tmp_path / "database").running() as server:
        url = f"postgresql://{server.superuser}@/{DATABASE_NAME}?host={server.socket_folder}"
        done = rapport(tmp_path / "home", "count", "--json", DATABASE_URL=url)
    assert json.loads(done.stdout)["team"] == 0, done.stderr
    assert not (tmp_path / "home" / "database").exists()


def test_a_server_that_does_not_answer_is_explained(tmp_path: Path) -> None:
    done = rapport(tmp_path / "home", "count", DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    assert done.returncode == 1
    assert "The database does not answer" in done.stderr
    assert "Traceback" not in done.stderr


def test_only_its_account_reaches_the_socket(tmp_path: Path) -> None:
    with _server(tmp_path / "database").running() as server:
        assert server.socket_folder.stat().st_mode & 0o077 == 0
