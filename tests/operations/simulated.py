"""Visitors before the gates of several processes, on a clock of their own: a minute of a crowd in a second.

All who are inside share the machine evenly, one process taking no more than a part of it, as threads of one
interpreter do. Visitors come to either process by chance, and are back a moment after an answer.
"""

import heapq
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import inf

from rapport.config.gate import Crowded, Gate, Turn

PAUSE, AGAIN = 0.01, 0.2
"""Seconds until a visitor asks anew: after an answer, and after being sent away (harsher than what they are told)."""
_LARGEST_PART = 0.65
_SHAPE = 2.5  # of the gamma distribution of work: the 95th page of a hundred takes 2.2 times the mean


class Clock:
    """Goes on only when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True)
class Machine:
    """How many pages it makes in a second; what sending somebody away costs, in seconds of all of it."""

    pages: float
    refusal: float = 0.0003
    processes: int = 2


@dataclass(frozen=True)
class Met:
    """When somebody came, how many seconds the answer took, and whether it was a page."""

    came: float
    seconds: float
    is_page: bool


@dataclass(eq=False)
class _Visit:
    visitor: int
    process: int
    came: float
    work: float
    """Pages of the usual size."""
    begun: float = 0.0


class Simulation:
    """At most so many visitors, of whom `present` says how many are there at a moment."""

    def __init__(
        self,
        machine: Machine,
        gate: Callable[[Callable[[], float]], Gate],
        present: Callable[[float], int],
        *,
        seed: int,
    ) -> None:
        self.now, self.met = 0.0, list[Met]()
        self._machine, self._present, self._chance = machine, present, random.Random(seed)
        self._gates = [gate(lambda: self.now) for _process in range(machine.processes)]
        self._inside = [list[_Visit]() for _process in range(machine.processes)]
        self._waiting: dict[Turn, _Visit] = {}
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._count, self._owed = 0, 0.0

    def run(self, seconds: float, *, visitors: int) -> list[Met]:
        """What all of them met in so long."""
        for visitor in range(visitors):
            self._later(self._chance.random() / 10, partial(self._come, visitor))
        while self.now < seconds:
            ends, done = self._next_done()
            if done and ends <= self._due[0][0]:
                self._work_until(ends)
                self._leave(done)
            else:
                at, _count, happen = heapq.heappop(self._due)
                self._work_until(at)
                happen()
        return self.met

    def _later(self, seconds: float, happen: Callable[[], None]) -> None:
        self._count += 1
        heapq.heappush(self._due, (self.now + seconds, self._count, happen))

    def _come(self, visitor: int) -> None:
        if visitor >= self._present(self.now):
            self._later(0.5, lambda: self._come(visitor))
            return
        process = self._chance.randrange(len(self._gates))
        visit = _Visit(visitor, process, self.now, self._chance.gammavariate(_SHAPE, 1 / _SHAPE))
        try:
            turn = self._gates[process].come()
        except Crowded:
            self._send_away(visit)
            return
        if turn.is_in:
            self._enter(visit)
        else:
            self._waiting[turn] = visit
            self._later(turn.patience, lambda: self._give_up(turn))

    def _give_up(self, turn: Turn) -> None:
        if visit := self._waiting.pop(turn, None):
            self._gates[visit.process].give_up(turn)
            self._send_away(visit)

    def _enter(self, visit: _Visit) -> None:
        visit.begun = self.now
        self._inside[visit.process].append(visit)

    def _send_away(self, visit: _Visit) -> None:
        self._owed += self._machine.refusal
        self._answer(visit, is_page=False)

    def _leave(self, visit: _Visit) -> None:
        self._inside[visit.process].remove(visit)
        self._answer(visit, is_page=True)
        for turn in self._gates[visit.process].go(self.now - visit.begun):
            called = self._waiting.pop(turn)
            (self._enter if turn.is_in else self._send_away)(called)

    def _answer(self, visit: _Visit, *, is_page: bool) -> None:
        self.met.append(Met(visit.came, self.now - visit.came, is_page))
        self._later(PAUSE if is_page else AGAIN, lambda: self._come(visit.visitor))

    def _speeds(self) -> list[float]:
        """Pages a second that each visit inside gets, by process."""
        everybody = sum(map(len, self._inside)) or 1
        return [self._machine.pages * min(1 / everybody, _LARGEST_PART / (len(here) or 1)) for here in self._inside]

    def _next_done(self) -> tuple[float, _Visit | None]:
        found: tuple[float, _Visit | None] = (inf, None)
        for speed, here in zip(self._speeds(), self._inside, strict=True):
            for visit in here:
                at = self.now + self._owed + visit.work / speed
                found = (at, visit) if at < found[0] else found
        return found

    def _work_until(self, moment: float) -> None:
        """Those who are sent away go first."""
        seconds = max(moment - self.now, 0.0)
        paid = min(self._owed, seconds)
        self._owed -= paid
        for speed, here in zip(self._speeds(), self._inside, strict=True):
            for visit in here:
                visit.work = max(visit.work - speed * (seconds - paid), 0.0)
        self.now = max(moment, self.now)
