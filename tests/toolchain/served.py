"""`./run` in a home folder of its own, as a person starts it."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapport.cli.session import PARENT
from rapport.core.home import CHECKOUT

PATIENCE = 600.0  # seconds; on a crowded machine the start alone may take minutes


@dataclass(frozen=True)
class Served:
    """A `./run` that was started."""

    process: subprocess.Popen[str]
    home: Path
    port: int
    output: Path

    def health(self) -> tuple[int, dict[str, Any]]:
        """Status and content of the health check; status 0 when nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=30) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as refusal:
            return refusal.code, json.load(refusal)
        except OSError:
            return 0, {}

    def wait_for(self, words: str) -> None:
        """Waits until these words were printed."""
        until = time.monotonic() + PATIENCE
        while words not in self.printed():
            assert self.process.poll() is None, self.printed()
            assert time.monotonic() < until, self.printed()
            time.sleep(0.1)

    def printed(self) -> str:
        """All it has said so far."""
        return self.output.read_text()

    def children(self, words: str) -> list[int]:
        """Processes right below it whose command line has these words."""
        command = ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)]
        lines = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
        return [int(line.split()[0]) for line in lines if words in line]

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Asks it to stop; its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(PATIENCE)


def environment(home: Path, port: int) -> dict[str, str]:
    """The environment of a command for this home folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RAPPORT_", "DJANGO_"))}
    kept.pop("DATABASE_URL", None)
    return {**kept, "RAPPORT_HOME": str(home), "PORT": str(port)}


@contextmanager
def served(home: Path, *arguments: str) -> Iterator[Served]:
    """Starts `./run`; it is stopped at the end."""
    port = free_port()
    output = home.parent / f"{home.name}-{port}.txt"
    with output.open("w") as file:
        command = [str(CHECKOUT / "run"), *arguments]
        surroundings = {
            **environment(home, port),
            PARENT: str(os.getpid()),
        }  # it ends with the suite, even a killed one
        process = subprocess.Popen(command, env=surroundings, stderr=file, stdout=file, text=True)
    running = Served(process, home, port, output)
    try:
        yield running
    finally:
        running.stop()


def rapport(home: Path, *arguments: str, **also: str) -> subprocess.CompletedProcess[str]:
    """One command of the command line, for this home folder; `also` is added to its environment."""
    command = [str(CHECKOUT / "rapport"), *arguments]
    surroundings = {**environment(home, 1), **also}
    return subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
