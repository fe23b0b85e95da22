"""A whole installation of its own, started by `./run`, with somebody logged in."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from rapport.core.embedded_postgres import EmbeddedPostgres
from tests.operations.visitor import Visitor
from tests.toolchain.served import Served, served

BACK_WITHIN = 240.0  # seconds; far more than it takes, because the machine may be busy


@dataclass(frozen=True)
class Installation:
    """A `./run` and its first user."""

    running: Served
    visitor: Visitor
    stack: ExitStack

    @property
    def home(self) -> Path:
        """Its home folder."""
        return self.running.home

    def visitors(self, count: int) -> list[Visitor]:
        """More browsers of the first user."""
        address = f"http://127.0.0.1:{self.running.port}"
        return [self.stack.enter_context(Visitor(address, cookies=self.visitor.cookies)) for _one in range(count)]

    def wait_until_back(self) -> float:
        """The seconds until the database is asked successfully."""
        begun = time.monotonic()
        while True:
            status, health = self.running.health()
            if status and health["checks"]["database"]["ok"]:
                return time.monotonic() - begun
            log = EmbeddedPostgres(self.home / "database").log
            assert time.monotonic() < begun + BACK_WITHIN, self.running.printed()[-5000:] + log.read_text()[-5000:]
            time.sleep(0.2)


@contextmanager
def installed(home: Path) -> Iterator[Installation]:
    """An empty installation that runs inside this block."""
    with served(home, "--no-demo") as running, ExitStack() as stack:
        running.wait_for("Rapport is running")
        visitor = stack.enter_context(Visitor(f"http://127.0.0.1:{running.port}"))
        visitor.become_first_user()
        yield Installation(running, visitor, stack)


def may_mount() -> bool:
    """Whether disks for the test can be made here."""
    return os.geteuid() == 0 and subprocess.run(["unshare", "-m", "true"], check=False).returncode == 0


@contextmanager
def small_disk(place: Path, *, megabytes: int) -> Iterator[Path]:
    """A disk of this size at a new folder."""
    place.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nothing can be written into this folder inside the block."""
    subprocess.run(["mount", "--bind", str(folder), str(folder)], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
