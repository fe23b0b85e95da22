"""Processes are killed at random points under load: nothing confirmed is lost, nothing comes twice, nothing is half.

Named after trust goals G-C1 and G-C2; the long form is `./test soak -k crash`.
"""

import os
import random
import statistics
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from rapport.core.embedded_postgres import EmbeddedPostgres
from tests.operations.balance import check_wholeness, check_writes, rows
from tests.operations.import_load import PATIENCE, Importer, check_imports
from tests.operations.kills import PARTS, kill
from tests.operations.load import Ledger, under_load
from tests.operations.visitor import Visitor
from tests.toolchain.served import Served, rapport, served

WRITERS = 4
BACK_WITHIN = 240.0  # seconds; far more than it takes, because the machine may be busy
ROUNDS = int(os.environ.get("RAPPORT_CRASH_ROUNDS", "100"))


@pytest.mark.slow
def test_killed_processes_lose_nothing_confirmed(tmp_path: Path) -> None:
    _survives(tmp_path / "home", ["database", "web server", "worker"])


@pytest.mark.soak
def test_crash_rounds(tmp_path: Path) -> None:
    chance = random.Random()
    _survives(tmp_path / "home", [chance.choice(PARTS) for _round in range(ROUNDS)], with_imports=True)


def _survives(home: Path, parts: list[str], *, with_imports: bool = False) -> None:
    seed = random.randrange(1_000_000)
    print(f"seed {seed}, killing: {', '.join(parts)}")
    chance = random.Random(seed)
    with served(home, "--no-demo") as running, ExitStack() as stack:
        running.wait_for("Rapport is running")
        visitors = _visitors(running, stack)
        importer = Importer(home, visitors.pop())
        if with_imports:
            importer.start()
        waits: list[float] = []
        with under_load(visitors, seed=seed) as writers:
            for part in parts:
                time.sleep(chance.uniform(0.3, 2))
                kill(part, running, chance)
                time.sleep(chance.uniform(0, 1))
                waits.append(_wait_until_back(running))
        _finish(importer)
        ledgers = [writer.ledger for writer in writers]
        _report(len(parts), ledgers)
        print(f"back after {statistics.median(waits):.1f} s in the median, {max(waits):.1f} s at most")
        check_writes(home, ledgers)
        check_wholeness(home)
        check_imports(home, importer)
        assert rows(home, "SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'") == [(0,)]
        verdict = rapport(home, "verify-history")
        assert verdict.returncode == 0, verdict.stdout + verdict.stderr


def _visitors(running: Served, stack: ExitStack) -> list[Visitor]:
    address = f"http://127.0.0.1:{running.port}"
    first = stack.enter_context(Visitor(address))
    first.become_first_user()
    return [stack.enter_context(Visitor(address, cookies=first.cookies)) for _one in range(WRITERS + 1)]


def _wait_until_back(running: Served) -> float:
    """The seconds until the database is asked successfully."""
    begun = time.monotonic()
    until = begun + BACK_WITHIN
    while True:
        status, health = running.health()
        if status and health["checks"]["database"]["ok"]:
            return time.monotonic() - begun
        assert time.monotonic() < until, running.printed()[-5000:] + _database_log(running)
        time.sleep(0.2)


def _database_log(running: Served) -> str:
    return EmbeddedPostgres(running.home / "database").log.read_text()[-5000:]


def _finish(importer: Importer) -> None:
    importer.stop()
    if importer.is_alive():
        importer.join(2 * PATIENCE)


def _report(rounds: int, ledgers: list[Ledger]) -> None:
    confirmed = sum(ledger.writes for ledger in ledgers)
    unknown = sum(len(ledger.unknown) for ledger in ledgers)
    reads, refused = sum(ledger.reads for ledger in ledgers), sum(ledger.refused for ledger in ledgers)
    print(f"{rounds} rounds: {confirmed} writes confirmed, {unknown} unknown, {reads} reads, {refused} answers 503")
    assert confirmed > 0
