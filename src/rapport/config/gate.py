"""The gate of one web process: few inside, a line before it, and nobody waits longer than makes sense.

How long that is, and how many may wait, depends on why there is a line (see `config.crowd`). In a crowd fewer are
inside at once as well: as much gets done, and those inside are done sooner.
"""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rapport.config.crowd import USUAL, Clock, Crowd, Mood, Patience


class Crowded(Exception):
    """No place, or none in time."""


@dataclass(eq=False)
class Turn:
    """Somebody who came: since when, for how many seconds they may wait, and whether they are inside."""

    since: float
    patience: float = 0.0
    is_in: bool = False
    called: threading.Event = field(default_factory=threading.Event)


class Gate:
    """The places of one process, given in the order of coming; in a crowd only some of them."""

    def __init__(
        self,
        *,
        at_once: int,
        waiting: int,
        in_a_crowd: int | None = None,
        patience: Patience = USUAL,
        clock: Clock = time.monotonic,
    ) -> None:
        self._at_once, self._in_a_crowd, self._most_waiting = at_once, in_a_crowd or at_once, waiting
        self._clock = clock
        self._inside = 0
        self._line: deque[Turn] = deque()
        self._lock = threading.Lock()
        self.crowd = Crowd(patience, clock)

    @property
    def waiting(self) -> int:
        """How many stand in line."""
        return len(self._line)

    @contextmanager
    def place(self) -> Iterator[float]:
        """A place inside, for the block; gives the seconds waited for it. `Crowded` when there is none in time."""
        turn = self.come()
        if not (turn.is_in or turn.called.wait(turn.patience)):
            self.give_up(turn)
        if not turn.is_in:
            raise Crowded
        begun = self._clock()
        try:
            yield begun - turn.since
        finally:
            self.go(self._clock() - begun)

    def come(self) -> Turn:
        """Inside at once where there is a place, otherwise in line. Raises `Crowded` where that is long enough."""
        turn = Turn(self._clock())
        with self._lock:
            if not self._line and self._inside < self._places():
                self._let_in(turn)
                return turn
            self._look_at_line()
            if len(self._line) >= self.crowd.room(places=self._places(), most=self._most_waiting):
                self.crowd.note_sent_away()
                raise Crowded
            turn.patience = self.crowd.patience()
            self._line.append(turn)
        return turn

    def give_up(self, turn: Turn) -> None:
        """Leave the line; unless called in the very moment in which the patience ended."""
        with self._lock:
            if turn in self._line:
                self._line.remove(turn)
                self.crowd.note_sent_away()

    def go(self, seconds: float) -> list[Turn]:
        """Give back a place after so many seconds inside. Those in line who were called: let in, or waited too long."""
        called = []
        with self._lock:
            self.crowd.note_page(seconds)
            self._look_at_line()
            self._inside -= 1
            while self._line and self._inside < self._places():
                turn = self._line.popleft()
                self._call(turn)
                called.append(turn)
        return called

    def _call(self, turn: Turn) -> None:
        if self._clock() - turn.since <= turn.patience:
            self._let_in(turn)
        else:
            self.crowd.note_sent_away()
        turn.called.set()

    def _let_in(self, turn: Turn) -> None:
        self._inside += 1
        turn.is_in = True
        self._note_wait_of(turn)

    def _look_at_line(self) -> None:
        """Where nobody gets in, the wait of whoever is first tells how long it takes."""
        if self._line:
            self._note_wait_of(self._line[0])

    def _note_wait_of(self, turn: Turn) -> None:
        self.crowd.note_wait(self._clock() - turn.since, waiting=len(self._line), places=self._at_once)

    def _places(self) -> int:
        return self._in_a_crowd if self.crowd.mood is Mood.CROWDED else self._at_once
