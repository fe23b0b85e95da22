"""`./run` on an empty home folder: starts, says where, works, stops properly."""

import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from rapport import __version__
from rapport.core.home import CHECKOUT
from tests.toolchain.served import environment, free_port, rapport, served

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def first_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder after its first start, stopped."""
    home = tmp_path_factory.mktemp("first") / "home"
    with served(home, "--no-demo") as running:
        running.wait_for("Rapport is running")
    return home


@pytest.fixture
def home(first_home: Path, tmp_path: Path) -> Path:
    """A copy of it, with its owners: making the database takes longer than the rest of a test."""
    subprocess.run(["cp", "-a", str(first_home), str(tmp_path / "home")], check=True)
    return tmp_path / "home"


def test_first_start_in_an_empty_home_and_a_clean_stop(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with served(home, "--no-demo") as running:
        running.wait_for(f"Rapport is running: http://127.0.0.1:{running.port}")
        status, health = running.health()
        assert (status, health["status"], health["version"]) == (200, "ok", __version__)
        assert set(health["checks"]) == {"database", "migrations", "worker", "disk"}
        assert (home / "secret_key").stat().st_mode & 0o777 == 0o600
        assert running.stop(signal.SIGTERM) == 0
    assert "Stopped." in running.printed()
    assert not (home / "database" / "cluster" / "postmaster.pid").exists()
    assert "shut down" in (home / "database" / "cluster" / "server.log").read_text().splitlines()[-1]


def test_ctrl_c_stops_it_and_it_starts_again_with_what_was_there(home: Path) -> None:
    with served(home, "--no-demo") as running:
        running.wait_for("Rapport is running")
        assert running.stop(signal.SIGINT) == 0
    assert rapport(home, "shell", "-c", "Team.create(name='North')").returncode == 0
    with served(home, "--no-demo") as running:
        running.wait_for("Rapport is running")
        assert json.loads(rapport(home, "count", "--json").stdout)["team"] == 1
        assert "runs already" in _refused(home, free_port())
        assert running.health()[0] == 200, "commands and a second ./run leave the running one alone"


def test_a_killed_worker_is_started_again(home: Path) -> None:
    with served(home, "--no-demo") as running:
        running.wait_for("Rapport is running")
        (worker,) = running.children("rapport.cli worker")
        os.kill(worker, signal.SIGKILL)
        running.wait_for("The background worker ended unexpectedly")
        until = time.monotonic() + 30
        while not running.children("rapport.cli worker") and time.monotonic() < until:
            time.sleep(0.2)
        assert running.children("rapport.cli worker") not in ([], [worker])


def test_killed_outright_it_leaves_nothing_that_keeps_the_next_start_from_working(home: Path) -> None:
    with served(home, "--no-demo") as running:
        running.wait_for("Rapport is running")
        running.stop(signal.SIGKILL)
    with served(home, "--no-demo") as running:
        running.wait_for("Rapport is running")
        assert running.health()[0] == 200


def test_a_taken_port_is_explained(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"Port {port} is taken by another program" in _refused(tmp_path / "home", port)


def test_help_explains_without_starting_anything(tmp_path: Path) -> None:
    done = subprocess.run([str(CHECKOUT / "run"), "--help"], capture_output=True, text=True, check=True)
    for word in ("HOST", "PORT", "RAPPORT_HOME", "DATABASE_URL", "--no-demo"):
        assert word in done.stdout


def _refused(home: Path, port: int) -> str:
    command = [str(CHECKOUT / "run"), "--no-demo"]
    done = subprocess.run(command, env=environment(home, port), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    return done.stderr
