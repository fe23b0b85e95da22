"""The gate of one web process: few inside, a short line before it, and nobody waits longer than makes sense.

How long somebody may wait depends on why there is a line. A page that asks for ten parts of itself at once makes one
that is gone in a moment: there, waiting is the kinder answer. A line that never ends means that more come than can be
served. Then waiting helps nobody, so the line is kept short and who could not be served soon is sent away at once.
(The idea is that of "controlled delay", CoDel: judge a line by whether it ever empties, not by its length.)
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

STANDING = 1.0  # seconds after which a line that never emptied is a crowd
CALM = 5.0  # seconds without such a line after which the crowd is over
_STEP = 1.05
_BRIEFEST = 0.001

Clock = Callable[[], float]


class Crowded(Exception):
    """No place, or none in time."""


@dataclass(frozen=True)
class Patience:
    """The seconds anybody waits at most; and, in a crowd, those until the answer, where pages are that quick."""

    longest: float = 5.0
    in_a_crowd: float = 0.3


class Crowd:
    """Whether more come than can be served, and how long a page usually takes."""

    def __init__(self, patience: Patience, clock: Clock) -> None:
        self._patience, self._clock = patience, clock
        self._line_since: float | None = None
        self._until = float("-inf")
        self.usual = patience.in_a_crowd / 2
        """Seconds a page takes; half of them take longer."""

    def note_line(self, length: int) -> None:
        """Say how long the line is now."""
        if not length:
            self._line_since = None
        elif self._line_since is None:
            self._line_since = self._clock()
        elif self._clock() - self._line_since >= STANDING:
            self._until = self._clock() + CALM

    def note_page(self, seconds: float) -> None:
        """Say how long a page took. Up a little for a longer one, down for a shorter: that settles at the median."""
        step = _STEP if seconds > self.usual else 1 / _STEP
        self.usual = min(max(self.usual * step, _BRIEFEST), self._patience.longest)

    def is_there(self) -> bool:
        """Whether a line stands, or stood a moment ago."""
        return self._clock() < self._until

    def patience(self) -> float:
        """The seconds somebody may wait now; in a crowd, where pages are slow, as long as one takes."""
        longest = self._patience.longest
        if not self.is_there():
            return longest
        return min(max(self._patience.in_a_crowd - self.usual, self.usual), longest)

    def room(self, *, places: int, most: int) -> int:
        """How many may wait now: in a crowd as many as will have their turn in time."""
        return min(most, round(places * self.patience() / self.usual)) if self.is_there() else most


@dataclass(eq=False)
class _Waiting:
    since: float
    called: threading.Event = field(default_factory=threading.Event)
    is_in: bool = False


class Gate:
    """The places of one process, given in the order of coming."""

    def __init__(
        self, *, at_once: int, waiting: int, patience: Patience = Patience(), clock: Clock = time.monotonic
    ) -> None:
        self._places, self._most_waiting, self._clock = at_once, waiting, clock
        self._free = at_once
        self._line: deque[_Waiting] = deque()
        self._lock = threading.Lock()
        self.crowd = Crowd(patience, clock)

    @property
    def waiting(self) -> int:
        """How many stand in line."""
        return len(self._line)

    @contextmanager
    def place(self) -> Iterator[float]:
        """A place inside, for the block; gives the seconds waited for it. `Crowded` when there is none in time."""
        came = self._clock()
        self._come_in(came)
        begun = self._clock()
        try:
            yield begun - came
        finally:
            self._go_out(self._clock() - begun)

    def _come_in(self, came: float) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            self.crowd.note_line(len(self._line))
            if len(self._line) >= self.crowd.room(places=self._places, most=self._most_waiting):
                raise Crowded
            waiting = _Waiting(came)
            self._line.append(waiting)
            self.crowd.note_line(len(self._line))
            patience = self.crowd.patience()
        waiting.called.wait(patience)
        self._check(waiting)

    def _check(self, waiting: _Waiting) -> None:
        """Whoever was not let in leaves the line; it may have been called in the very moment its patience ended."""
        with self._lock:
            if waiting.is_in:
                return
            if waiting in self._line:
                self._line.remove(waiting)
        raise Crowded

    def _go_out(self, seconds: float) -> None:
        """Hand the place to the first in line who has not waited too long; those before it are sent away."""
        with self._lock:
            self.crowd.note_page(seconds)
            self.crowd.note_line(len(self._line))
            patience, now = self.crowd.patience(), self._clock()
            while self._line:
                first = self._line.popleft()
                first.is_in = now - first.since <= patience
                first.called.set()
                if first.is_in:
                    return
            self._free += 1
