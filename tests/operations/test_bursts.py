"""Ten times the usual crowd: requests wait or are refused in words, none hangs, and pages are quick again soon after.

Named after trust goal G-D1. How long the crowd stays: RAPPORT_BURST_SECONDS (default 60).
"""

import os
import re
import statistics
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from tests.operations.balance import check_wholeness, check_writes
from tests.operations.crowd import Crowd, crowd_of
from tests.operations.installation import Installation, installed
from tests.operations.load import Ledger

SECONDS = float(os.environ.get("RAPPORT_BURST_SECONDS", "60"))
USUAL = 12
CROWD = 10 * USUAL
RECOVERY = 10.0  # seconds
MEASURED = {"request_wait": "wait of those let in", "request": "all, refused ones too"}
BUCKET = re.compile(r'rapport_(request|request_wait)_seconds_bucket\{.*?le="([^"]+)".*?\} (\S+)')


@pytest.mark.soak
def test_a_crowd_is_served_or_refused_and_then_all_is_as_before(tmp_path: Path) -> None:
    with installed(tmp_path / "home") as running:
        before = _load(running, USUAL, seconds=SECONDS / 4)
        earlier = _counted(running)
        crowd = _load(running, CROWD, seconds=SECONDS)
        counted = {what: count - earlier[what] for what, count in _counted(running).items()}
        recovered = _until_quick(running, 2 * _median(before.ledgers) + 0.2)
        after = _load(running, USUAL, seconds=SECONDS / 4)
        for name, met in (("usual", before), ("crowd", crowd), ("after", after)):
            print(f"{name}: {_figures(met)}")
        for what, name in MEASURED.items():
            print(f"the server on the crowd, {name}: {_told(counted, what)}")
        print(f"quick again after {recovered:.1f} s")
        ledgers = [*before.ledgers, *crowd.ledgers, *after.ledgers]
        check_writes(running.home, ledgers)
        check_wholeness(running.home)
        assert sum(ledger.broken for ledger in ledgers) == 0
        assert sum(ledger.refused for ledger in (*before.ledgers, *after.ledgers)) == 0
        assert recovered <= RECOVERY


_numbers = iter(range(0, 1_000_000, 1_000))


def _load(running: Installation, visitors: int, *, seconds: float) -> Crowd:
    address = f"http://127.0.0.1:{running.running.port}"
    cookies = {one.name: one.value or "" for one in running.visitor.cookies.jar}
    number = next(_numbers)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        met = pool.submit(crowd_of, address, cookies, visitors=visitors, seconds=seconds, seed=1, first_number=number)
        return met.result()


def _until_quick(running: Installation, wanted: float) -> float:
    begun = time.monotonic()
    while True:
        asked = time.monotonic()
        answer = running.visitor.get("/organisations/")
        if answer.status_code == 200 and time.monotonic() - asked <= wanted:
            return time.monotonic() - begun
        assert time.monotonic() < begun + 10 * RECOVERY


def _counted(running: Installation) -> Counter[tuple[str, str]]:
    """How many requests took at most so many seconds, as the server itself counted; the clients share its machine."""
    found: Counter[tuple[str, str]] = Counter()
    for what, limit, count in re.findall(BUCKET, running.visitor.get("/metrics").text):
        found[what, limit] += round(float(count))
    return found


def _told(counted: Mapping[tuple[str, str], int], what: str) -> str:
    return ", ".join(f"{limit} s: {count}" for (measured, limit), count in counted.items() if measured == what)


def _median(ledgers: Sequence[Ledger]) -> float:
    return statistics.median(_seconds(ledgers, "read"))


def _seconds(ledgers: Sequence[Ledger], what: str) -> list[float]:
    return sorted(second for ledger in ledgers for second in ledger.seconds[what])


def _figures(met: Crowd) -> str:
    return f"{len(met.ledgers)} visitors, who took {met.cores:.2f} of a core; " + "; ".join(
        f"{len(seconds)} {what}: median {statistics.median(seconds):.3f} s, "
        f"p95 {seconds[int(len(seconds) * 0.95)]:.3f} s, slowest {seconds[-1]:.2f} s"
        for what in ("read", "written", "refused")
        if (seconds := _seconds(met.ledgers, what))
    )
