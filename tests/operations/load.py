"""A mixed load of reads and writes that remembers what the product confirmed."""

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException

import httpx

from tests.operations.visitor import Answer, LeanVisitor, Visitor

READS = ("/organisations/", "/", "/search/?q=firm", "/people/", "/pipeline/")
EXPECTED_FAILURE = 503


@dataclass
class Firm:
    """An organisation one writer works on, with what it knows about it."""

    name: str
    address: str = ""
    confirmed: int | None = None
    """The number of employees whose change was confirmed last."""
    tried: set[int] = field(default_factory=set)
    """Numbers sent since, whose fate is unknown."""


@dataclass
class Ledger:
    """What one writer sent, and what became of it as far as it was told."""

    confirmed: dict[str, Firm] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    surprises: list[str] = field(default_factory=list)
    writes: int = 0
    reads: int = 0
    refused: int = 0
    broken: int = 0
    """Requests without any answer."""
    seconds: dict[str, list[float]] = field(default_factory=lambda: {"read": [], "written": [], "refused": []})
    """How long each answer took, by what it was."""


class Writer(threading.Thread):
    """Creates organisations, changes them and reads pages until told to stop."""

    def __init__(self, number: int, visitor: Visitor | LeanVisitor, *, seed: int) -> None:
        super().__init__(daemon=True)
        self.ledger = Ledger()
        self._number, self._visitor, self._chance = number, visitor, random.Random(seed + number)
        self._stop_asked = threading.Event()
        self._count = 0

    def stop(self) -> None:
        """Ends after what it is at."""
        self._stop_asked.set()

    def run(self) -> None:
        while not self._stop_asked.is_set():
            work = self._chance.choice([self._create, self._change, self._read])
            is_done = work()
            self._stop_asked.wait(0.01 if is_done else 0.2)

    def _create(self) -> bool:
        self._count += 1
        name = f"Firm {self._number}-{self._count}"
        answer = self._sent("/organisations/new/", {"name": name})
        if answer is None:
            self.ledger.unknown.add(name)
            return False
        self.ledger.confirmed[name] = Firm(name, answer.headers["Location"])
        return True

    def _change(self) -> bool:
        if not self.ledger.confirmed:
            return True
        firm = self._chance.choice(list(self.ledger.confirmed.values()))
        self._count += 1
        firm.tried.add(self._count)
        if self._sent(f"{firm.address}edit/employees/", {"employees": str(self._count)}) is None:
            return False
        firm.confirmed, firm.tried = self._count, set()
        return True

    def _sent(self, path: str, values: dict[str, str]) -> httpx.Response | Answer | None:
        """The answer that confirms the writing; None when we were not told."""
        begun = time.monotonic()
        answer = self._answer(lambda: self._visitor.post(path, values))
        if answer is None:
            return None
        if answer.status_code == 302 and "/login" not in answer.headers["Location"]:
            self.ledger.writes += 1
            self._time("written", begun)
            return answer
        self._note(path, answer, begun)
        return None

    def _read(self) -> bool:
        path = self._chance.choice(READS)
        begun = time.monotonic()
        answer = self._answer(lambda: self._visitor.get(path))
        if answer is None:
            return False
        if answer.status_code != 200:
            self._note(path, answer, begun)
            return False
        self.ledger.reads += 1
        self._time("read", begun)
        return True

    def _answer(self, ask: Callable[[], httpx.Response | Answer]) -> httpx.Response | Answer | None:
        """What the server says; None when it says nothing."""
        try:
            return ask()
        except (httpx.TransportError, HTTPException, OSError):
            self.ledger.broken += 1
            return None

    def _time(self, what: str, begun: float) -> None:
        self.ledger.seconds[what].append(time.monotonic() - begun)

    def _note(self, path: str, answer: httpx.Response | Answer, begun: float) -> None:
        if answer.status_code == EXPECTED_FAILURE and "Retry-After" in answer.headers:
            self.ledger.refused += 1
            self._time("refused", begun)
        else:
            self.ledger.surprises.append(f"{path}: {answer.status_code} {answer.text[:500]}")


@contextmanager
def under_load(
    visitors: Sequence[Visitor | LeanVisitor], *, seed: int, first_number: int = 0
) -> Iterator[list[Writer]]:
    """One writer for each visitor works inside this block."""
    writers = [Writer(number, visitor, seed=seed) for number, visitor in enumerate(visitors, first_number)]
    for writer in writers:
        writer.start()
    try:
        yield writers
    finally:
        for writer in writers:
            writer.stop()
        for writer in writers:
            writer.join(60)


def crowd_of(
    address: str, cookies: dict[str, str], *, visitors: int, seconds: float, seed: int, first_number: int
) -> list[Ledger]:
    """What so many visitors met in so long a time; a function of its own, so that another process can do it."""
    browsers = [LeanVisitor(address, cookies) for _one in range(visitors)]
    with under_load(browsers, seed=seed, first_number=first_number) as writers:
        time.sleep(seconds)
    return [writer.ledger for writer in writers]
