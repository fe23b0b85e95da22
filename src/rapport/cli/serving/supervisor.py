"""Everything in one command: the database, the pages and the background work, started and stopped in order."""

import fcntl
import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from rapport.cli.console import say, step
from rapport.cli.serving.address import Address, AddressProblem, check_free, chosen_address
from rapport.cli.serving.children import Child, running
from rapport.cli.serving.preparation import announce, prepare
from rapport.cli.serving.stopping import STOP
from rapport.cli.session import server
from rapport.core.embedded_postgres import EmbeddedPostgres
from rapport.core.home import home_folder
from rapport.core.postgres_programs import DatabaseUnavailable

READY_WITHIN = 90.0  # seconds
LOOK_EVERY = 0.2
REVIVE_EVERY = 5.0


def serve(*, with_demo: bool) -> int:
    """Serves until asked to stop; the exit status."""
    STOP.listen()
    try:
        address = chosen_address()
        with _only_one(home_folder()):
            check_free(address)
            _serve(address, with_demo=with_demo)
    except AddressProblem as problem:
        say(str(problem))
        return 1


def _serve(address: Address, *, with_demo: bool) -> NoReturn:
    say("Starting Rapport")
    with _said("starting the database", "Stopped. Goodbye."), server() as embedded:
        prepare(home_folder(), with_demo=with_demo)
        STOP.obey()
        children = [
            Child("web server", ["web", "--host", address.host, "--port", str(address.port)]),
            Child("background worker", ["worker"]),
        ]
        with running(children):
            with step("starting the web server and the background worker"):
                _wait_until_ready(address, children)
            announce(address.url)
            while True:
                _look_after_database(embedded)
                _look_after(children)


def _look_after_database(embedded: EmbeddedPostgres | None) -> None:
    """An embedded server that was killed is started again; the others wait for it meanwhile."""
    if embedded is None or embedded.is_alive():
        return
    say("The database ended unexpectedly; starting it again.")
    try:
        embedded.revive()
    except (DatabaseUnavailable, OSError) as problem:  # the latter on a full disk
        say(str(problem))
        time.sleep(REVIVE_EVERY)


def _look_after(children: list[Child]) -> None:
    for child in children:
        child.look_after()
    time.sleep(LOOK_EVERY)
    STOP.obey()


def _wait_until_ready(address: Address, children: list[Child]) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        _look_after(children)
        if _is_healthy(address):
            return
    say(f"Rapport does not answer as it should yet; {address.url}/healthz says why.")


def _is_healthy(address: Address) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{address.url}/healthz", timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def _said(before: str, after: str) -> Iterator[None]:
    say(f"  {before}")
    try:
        yield
    finally:
        say(after)


@contextmanager
def _only_one(home: Path) -> Iterator[None]:
    """Two servers in one home folder would get in each other's way; the second one is told so."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (home / "run.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            sentence = (
                f"Rapport runs already from {home} (process {file.read().strip()}). "
                "Stop it first, or set RAPPORT_HOME and PORT to others."
            )
            raise AddressProblem(sentence) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
