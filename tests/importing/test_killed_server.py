"""kill -9 of the whole server ten times in the middle of an import: afterwards each row is there exactly once.

The long form, 20 kills (RAPPORT_KILLS) after which nobody asks it to go on, is `./test soak -k goes_on_by_itself`.
"""

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.importing.killable import PATIENCE, Server

ROWS = 12_000
KILLS = 4
MANY_KILLS = int(os.environ.get("RAPPORT_KILLS") or 20)
EXPECTED = {"status": "done", "children": ROWS // 2}
ALL = 2 * ROWS  # first all rows are written, then the links of each
EXPECTED |= dict.fromkeys(("rows", "names", "created", "links", "told", "told_of_links"), ROWS)

PREPARE = """
from rapport.integrations.importing import service
from rapport.integrations.importing.jobs import check_now
with open(sys.argv[1], "rb") as stream:
    subject = service.start_import([service.Upload("accounts.csv", stream)], options={"chunk": 20})
check_now(subject)
print(subject.pk)
"""
GO_ON = """
from rapport.integrations.importing import service
from rapport.integrations.models import Import, Status
subject = Import.objects.get(pk=sys.argv[1])
if subject.status != Status.DONE:
    service.request_run(subject)
print("asked", flush=True)
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    found = Server(tmp_path / "home")
    found.start()
    yield found
    found.stop()


def accounts(folder: Path) -> Path:
    """A file in which each second organisation belongs to one that comes much later."""
    path = folder / "accounts.csv"
    lines = [f"A{n},Company {n},{f'Company {ROWS - n}' if n % 2 else ''}" for n in range(ROWS)]
    path.write_text("\n".join(["Account ID,Account Name,Parent Account", *lines]) + "\n")
    return path


@pytest.mark.slow
def test_an_import_survives_the_killing_of_the_server(server: Server, tmp_path: Path) -> None:
    seed = random.randrange(1_000_000)
    chance = random.Random(seed)
    subject = server.answer(PREPARE, str(accounts(tmp_path)))
    server.put_up_a_gate()
    in_the_middle = 0
    for _kill in range(KILLS):
        wait_for_rows(server, subject, server.stand()["rows"] + chance.randrange(1_200))
        server.kill()
        with server.imports_held():  # or a quick machine ends the import while the next kill is prepared
            server.start()
            stand = server.stand()
        in_the_middle += stand["status"] != "done"
        assert stand["rows"] == stand["names"] == stand["created"] == stand["links"] == stand["told"], (seed, stand)
    assert in_the_middle >= KILLS // 2, f"the import is too quick to be killed in its middle (seed {seed})"
    assert finished(server, subject) == EXPECTED, f"seed {seed}"


@pytest.mark.soak
def test_a_killed_import_goes_on_by_itself(server: Server, tmp_path: Path) -> None:
    seed = random.randrange(1_000_000)
    chance, waits, at_work = random.Random(seed), [], 0
    subject = server.answer(PREPARE, str(accounts(tmp_path)))
    assert server.answer(GO_ON, subject) == "asked"
    for kill in range(1, MANY_KILLS + 1):
        latest = ALL * kill // (MANY_KILLS + 1)  # so that each kill meets it at work
        reach(server, chance.randint(written(server.stand()), max(latest, written(server.stand()))))
        server.kill()
        server.start()
        stand = server.stand()
        assert stand["rows"] == stand["names"] == stand["created"] == stand["links"] == stand["told"], (seed, stand)
        waits.append(reach(server, written(stand) + 1))
        at_work += stand["status"] != "done"
    reach(server, ALL, status="done")
    told = ", ".join(f"{wait:.1f}" for wait in waits)
    print(f"\nseed {seed}: {MANY_KILLS} kills, {at_work} of them at work; it went on by itself after {told} s")
    assert server.stand() == EXPECTED, f"seed {seed}"


def written(stand: dict[str, Any]) -> int:
    """How far it is: with the rows, and after them with their links."""
    return int(stand["told"]) + int(stand["told_of_links"])


def reach(server: Server, steps: int, *, status: str = "") -> float:
    """Wait until the import has written so much, or is done; nobody asks for it. Returns the seconds."""
    begun = time.monotonic()
    while (stand := server.stand())["status"] != "done" and (status or written(stand) < steps):
        assert time.monotonic() < begun + PATIENCE, f"the import doesn't go on: {stand}"
        time.sleep(0.02)
    return time.monotonic() - begun


def wait_for_rows(server: Server, subject: str, rows: int) -> None:
    """Let the import go on until it has written so many rows, or is done."""
    assert server.answer(GO_ON, subject) == "asked"
    deadline = time.monotonic() + PATIENCE
    while (stand := server.stand())["rows"] < rows and stand["status"] != "done":
        assert time.monotonic() < deadline, f"the import doesn't go on: {stand}"
        time.sleep(0.01)


def finished(server: Server, subject: str) -> dict[str, Any]:
    """How things stand once the import has run to its end."""
    server.answer(GO_ON, subject)
    deadline = time.monotonic() + PATIENCE
    while (stand := server.stand())["status"] != "done":
        assert time.monotonic() < deadline, f"not done in time: {stand}"
        time.sleep(0.5)
    return stand
