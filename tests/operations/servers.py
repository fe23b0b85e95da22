"""Several web and worker processes on the database of the tests, started by the product's own commands."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from django.db import connection

from rapport.cli.session import PARENT
from rapport.core.home import CHECKOUT
from tests.operations.visitor import Visitor
from tests.toolchain.served import free_port

READY_WITHIN = 90.0  # seconds


@dataclass(frozen=True)
class Servers:
    """Two web servers, and what all processes wrote."""

    a: str
    b: str
    output: Path


@contextmanager
def two_of_each(folder: Path) -> Iterator[Servers]:
    """Two web servers of one process each and two workers run inside this block."""
    ports = [free_port(), free_port()]
    output = folder / "output.txt"
    with ExitStack() as stack, output.open("w") as file:
        for port in ports:
            stack.enter_context(_command(file.fileno(), "web", "--port", str(port)))
        for _worker in range(2):
            stack.enter_context(_command(file.fileno(), "worker"))
        found = Servers(*(f"http://127.0.0.1:{port}" for port in ports), output=output)
        for address in (found.a, found.b):
            _wait_for(address, output)
        yield found


@contextmanager
def _command(output: int, *arguments: str) -> Iterator[None]:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.server_settings",
        "PYTHONPATH": f"{CHECKOUT / 'src'}{os.pathsep}{CHECKOUT}",
        "RAPPORT_TEST_DATABASE": str(connection.settings_dict["NAME"]),
        "RAPPORT_WEB_WORKERS": "1",
        PARENT: str(os.getpid()),
    }
    command = [sys.executable, "-m", "rapport.cli", *arguments]
    process = subprocess.Popen(command, env=environment, cwd=CHECKOUT, stdout=output, stderr=output)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(address: str, output: Path) -> None:
    until = time.monotonic() + READY_WITHIN
    with Visitor(address) as visitor:
        while time.monotonic() < until:
            try:
                if visitor.get("/healthz").status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.2)
    raise AssertionError(output.read_text()[-5000:])
