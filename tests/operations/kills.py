"""Killing parts of a running installation, outright and without warning."""

import os
import random
import signal
import subprocess
from contextlib import suppress

from rapport.core.embedded_postgres import EmbeddedPostgres
from rapport.core.postgres_remains import postmaster_of
from tests.toolchain.served import Served

PARTS = ("web server", "web process", "worker", "database", "database connection")


def kill(part: str, running: Served, chance: random.Random) -> None:
    """Ends one process of this part by SIGKILL, when there is one just now."""
    candidates = _processes(part, running)
    if candidates:
        with suppress(ProcessLookupError):
            os.kill(chance.choice(candidates), signal.SIGKILL)


def _processes(part: str, running: Served) -> list[int]:
    if part in {"database", "database connection"}:
        postmaster = postmaster_of(EmbeddedPostgres(running.home / "database").cluster)
        if postmaster is None:
            return []
        return [postmaster] if part == "database" else _below(postmaster, "rapport rapport")
    if part == "worker":
        return running.children("rapport.cli worker")
    servers = running.children("rapport.cli web")
    return servers if part == "web server" else [process for server in servers for process in _below(server, "")]


def _below(process: int, words: str) -> list[int]:
    command = ["ps", "-o", "pid=,args=", "--ppid", str(process)]
    lines = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    return [int(line.split()[0]) for line in lines if words in line]
