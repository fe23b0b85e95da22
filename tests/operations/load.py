"""A mixed load of reads and writes that remembers what the product confirmed.

What is sent, and what becomes of it, is told once (`Errands`); threads carry it out here, a single loop in `crowd`.
"""

import random
import threading
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

import httpx

from tests.operations.visitor import Visitor

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


@dataclass(frozen=True)
class Request:
    """A page to open or, with values, a form to send."""

    path: str
    values: Mapping[str, str] | None = None


class Reply(Protocol):
    """What came back."""

    @property
    def status_code(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]: ...

    @property
    def text(self) -> str: ...


Errand = Generator[Request, Reply | None, bool]
"""Yields what it asks for, takes the reply to it (None where there was none), and returns whether it was done."""


class Errands:
    """Creates organisations, changes them and reads pages, one errand after the other."""

    def __init__(self, number: int, *, seed: int) -> None:
        self.ledger = Ledger()
        self._number, self._chance = number, random.Random(seed + number)
        self._count = 0

    def next_errand(self) -> Errand:
        """One of them, by chance."""
        return self._chance.choice([self._create, self._change, self._read])()

    @staticmethod
    def pause(*, is_done: bool) -> float:
        """The seconds until the next one; who was sent away comes back far sooner than told."""
        return 0.01 if is_done else 0.2

    def _create(self) -> Errand:
        self._count += 1
        name = f"Firm {self._number}-{self._count}"
        reply = yield from self._sent(Request("/organisations/new/", {"name": name}))
        if reply is None:
            self.ledger.unknown.add(name)
            return False
        self.ledger.confirmed[name] = Firm(name, reply.headers["Location"])
        return True

    def _change(self) -> Errand:
        if not self.ledger.confirmed:
            return True
        firm = self._chance.choice(list(self.ledger.confirmed.values()))
        self._count += 1
        number = self._count
        firm.tried.add(number)
        if (yield from self._sent(Request(f"{firm.address}edit/employees/", {"employees": str(number)}))) is None:
            return False
        firm.confirmed, firm.tried = number, set()
        return True

    def _sent(self, form: Request) -> Generator[Request, Reply | None, Reply | None]:
        """The reply that confirms the writing; None when we were not told."""
        begun = time.monotonic()
        reply = yield form
        if reply is not None and reply.status_code == 302 and "/login" not in reply.headers["Location"]:
            self.ledger.writes += 1
            self._time("written", begun)
            return reply
        self._note(form.path, reply, begun)
        return None

    def _read(self) -> Errand:
        path = self._chance.choice(READS)
        begun = time.monotonic()
        reply = yield Request(path)
        if reply is None or reply.status_code != 200:
            self._note(path, reply, begun)
            return False
        self.ledger.reads += 1
        self._time("read", begun)
        return True

    def _time(self, what: str, begun: float) -> None:
        self.ledger.seconds[what].append(time.monotonic() - begun)

    def _note(self, path: str, reply: Reply | None, begun: float) -> None:
        if reply is None:
            self.ledger.broken += 1
        elif reply.status_code == EXPECTED_FAILURE and "Retry-After" in reply.headers:
            self.ledger.refused += 1
            self._time("refused", begun)
        else:
            self.ledger.surprises.append(f"{path}: {reply.status_code} {reply.text[:500]}")


class Writer(threading.Thread):
    """Somebody who runs errands until told to stop."""

    def __init__(self, number: int, visitor: Visitor, *, seed: int) -> None:
        super().__init__(daemon=True)
        self._errands, self._visitor = Errands(number, seed=seed), visitor
        self._stop_asked = threading.Event()

    @property
    def ledger(self) -> Ledger:
        """What was sent so far, and what became of it."""
        return self._errands.ledger

    def stop(self) -> None:
        """Ends after what it is at."""
        self._stop_asked.set()

    def run(self) -> None:
        while not self._stop_asked.is_set():
            is_done = self._carry_out(self._errands.next_errand())
            self._stop_asked.wait(Errands.pause(is_done=is_done))

    def _carry_out(self, errand: Errand) -> bool:
        try:
            request = next(errand)
            while True:
                request = errand.send(self._reply(request))
        except StopIteration as end:
            return bool(end.value)

    def _reply(self, asked: Request) -> httpx.Response | None:
        """What the server says; None when it says nothing."""
        try:
            if asked.values is None:
                return self._visitor.get(asked.path)
            return self._visitor.post(asked.path, dict(asked.values))
        except (httpx.TransportError, OSError):
            return None


@contextmanager
def under_load(visitors: Sequence[Visitor], *, seed: int) -> Iterator[list[Writer]]:
    """One writer for each visitor works inside this block."""
    writers = [Writer(number, visitor, seed=seed) for number, visitor in enumerate(visitors)]
    for writer in writers:
        writer.start()
    try:
        yield writers
    finally:
        for writer in writers:
            writer.stop()
        for writer in writers:
            writer.join(60)
