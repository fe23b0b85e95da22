"""Processes are killed under load, the disk is full or can't be written: what was confirmed is there, once and whole.

Named after trust goals G-C1 (killed processes) and G-C3 (full and read-only disks); the long form is
`./test soak -k crash`. RAPPORT_CRASH_ROUNDS says how many rounds, RAPPORT_CRASH_SEED which.
"""

import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx
import psycopg
import pytest

from rapport.core.embedded_postgres import DATABASE_NAME, EmbeddedPostgres
from tests.operations.balance import check_wholeness, check_writes, rows
from tests.operations.import_load import PATIENCE, Importer, check_imports
from tests.operations.installation import BACK_WITHIN, Installation, installed, may_mount, read_only, small_disk
from tests.operations.kills import PARTS, kill
from tests.operations.load import Ledger, under_load
from tests.toolchain.served import rapport

WRITERS = 4
ROUNDS = int(os.environ.get("RAPPORT_CRASH_ROUNDS", "100"))
SEED = int(os.environ.get("RAPPORT_CRASH_SEED") or random.randrange(1_000_000))
DISK = 600  # megabytes
needs_mounts = pytest.mark.skipif(not may_mount(), reason="only root may make disks here")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One installation for the tests of this file, on a small disk of its own where that can be had."""
    place = tmp_path_factory.mktemp("breakdowns") / "disk"
    with ExitStack() as stack:
        if may_mount():
            stack.enter_context(small_disk(place, megabytes=DISK))
        yield stack.enter_context(installed(place / "home"))


@pytest.mark.slow
def test_killed_processes_lose_nothing_confirmed(running: Installation) -> None:
    _survives(running, ["database", "web server", "worker"])


@pytest.mark.slow
@needs_mounts
def test_a_full_disk_is_told_breaks_nothing_and_is_recovered_from(running: Installation) -> None:
    made = ["Before"] if _create(running, "Before").status_code == 302 else []
    with _full_disk(running.home.parent) as fill:
        upload = _upload_until_refused(running, fill)
        assert "The disk is full" in upload.text
        made += _create_until_refused(running)
        assert running.visitor.get("/organisations/").status_code in {200, 503}
    running.wait_until_back()
    assert _create_patiently(running, "After")
    stored = {name for (name,) in rows(running.home, "SELECT name FROM directory_organisation")}
    assert {*made, "After"} <= stored
    check_wholeness(running.home)
    _history_is_intact(running.home)


@pytest.mark.slow
@needs_mounts
def test_a_disk_that_cannot_be_written_is_told_while_reading_goes_on(running: Installation) -> None:
    (running.home / "imports").mkdir(exist_ok=True)
    with read_only(running.home / "imports"):
        answer = running.visitor.post("/imports/", files={"files": ("firms.csv", b"name\nAcme\n")})
        assert (answer.status_code, "The disk can&#x27;t be written" in answer.text) == (503, True), answer.text[:800]
    _database(running.home, "ALTER SYSTEM SET default_transaction_read_only = on")
    answer = _first_refusal(running)
    assert (answer.status_code, "The disk can&#x27;t be written" in answer.text) == (503, True), answer.text[:800]
    assert running.visitor.get("/organisations/").status_code == 200
    _database(running.home, "ALTER SYSTEM RESET default_transaction_read_only")
    assert _create_patiently(running, "Writable again")


@pytest.mark.soak
def test_crash_rounds(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    with installed(tmp_path / "home") as running:
        _survives(running, [chance.choice(PARTS) for _round in range(ROUNDS)], with_imports=True)


def _survives(running: Installation, parts: list[str], *, with_imports: bool = False) -> None:
    print(f"seed {SEED}, killing: {', '.join(parts)}")
    chance = random.Random(SEED)
    importer = Importer(running.home, running.visitors(1)[0])
    if with_imports:
        importer.start()
    waits: list[float] = []
    with under_load(running.visitors(WRITERS), seed=SEED) as writers:
        for part in parts:
            time.sleep(chance.uniform(0.3, 2))
            kill(part, running.running, chance)
            time.sleep(chance.uniform(0, 1))
            waits.append(running.wait_until_back())
    _finish(importer)
    ledgers = [writer.ledger for writer in writers]
    _report(waits, ledgers, importer)
    check_writes(running.home, ledgers)
    check_wholeness(running.home)
    check_imports(running.home, importer)
    assert rows(running.home, "SELECT task_name FROM procrastinate_jobs WHERE status = 'failed'") == []
    _history_is_intact(running.home)


def _finish(importer: Importer) -> None:
    importer.stop()
    if importer.is_alive():
        importer.join(2 * PATIENCE)


def _report(waits: list[float], ledgers: list[Ledger], importer: Importer) -> None:
    writes, unknown = sum(ledger.writes for ledger in ledgers), sum(len(ledger.unknown) for ledger in ledgers)
    reads, refused = sum(ledger.reads for ledger in ledgers), sum(ledger.refused for ledger in ledgers)
    print(f"{len(waits)} rounds: {writes} writes confirmed, {unknown} unknown, {reads} reads, {refused} answers 503")
    print(
        f"{len(importer.done)} imports; back after {statistics.median(waits):.1f} s (median), {max(waits):.1f} s (most)"
    )
    assert writes > 0


def _history_is_intact(home: Path) -> None:
    verdict = rapport(home, "verify-history")
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr


def _create(running: Installation, name: str) -> httpx.Response:
    return running.visitor.post("/organisations/new/", {"name": name})


@contextmanager
def _full_disk(disk: Path) -> Iterator[Callable[[], None]]:
    """The disk is full within the block; what is given fills it again when the database has made some room."""
    filler = disk / "filler"

    def fill() -> None:
        with filler.open("ab", buffering=0) as file, suppress(OSError):  # a buffer would meet the full disk when closed
            while True:
                file.write(bytes(1024 * 1024))

    fill()
    try:
        yield fill
    finally:
        filler.unlink()


def _upload_until_refused(running: Installation, fill: Callable[[], None]) -> httpx.Response:
    """The answer to a file there is no room for; while the database starts again, the answer is about that."""
    until = time.monotonic() + BACK_WITHIN
    while True:
        answer = running.visitor.post("/imports/", files={"files": ("big.csv", b"name\n" + b"x" * 8_000_000)})
        is_refused = (answer.status_code, "Retry-After" in answer.headers) == (503, True)
        assert is_refused or answer.status_code == 302, answer.text[:500]
        if is_refused and "The database does not answer" not in answer.text:
            return answer
        assert time.monotonic() < until
        fill()
        time.sleep(0.5)


def _first_refusal(running: Installation) -> httpx.Response:
    """The answer once every process of the database has read that it can't write."""
    until = time.monotonic() + BACK_WITHIN
    while (answer := _create(running, "Perhaps")).status_code == 302:
        assert time.monotonic() < until
        time.sleep(0.5)
    return answer


def _create_until_refused(running: Installation) -> list[str]:
    """A full disk still has room inside the files that are there; the names that got in."""
    made = []
    for number in range(400):
        name = f"Squeezed {number} " + "x" * 150
        answer = _create(running, name)
        if answer.status_code != 302:
            assert answer.status_code == 503, answer.text[:800]
            return made
        made.append(name)
    return made


def _create_patiently(running: Installation, name: str) -> bool:
    until = time.monotonic() + BACK_WITHIN
    while time.monotonic() < until:
        if _create(running, name).status_code == 302:
            return True
        time.sleep(0.5)
    return False


def _database(home: Path, sql: str) -> None:
    server = EmbeddedPostgres(home / "database")
    with psycopg.connect(
        host=str(server.socket_folder), user=server.superuser, dbname=DATABASE_NAME, autocommit=True
    ) as connection:
        connection.execute("SET default_transaction_read_only = off")
        connection.execute(sql)  # type: ignore[call-overload]
        connection.execute("SELECT pg_reload_conf()")
