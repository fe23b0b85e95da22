"""Whether more come to one web process than it can serve in time, judged by how long those wait who get in.

A line that never empties is no sign of that: twelve who ask without a pause always keep one, and yet each has a turn
soon. The idea is that of "controlled delay" (CoDel, RFC 8289): it is a crowd when for a whole second everybody who got
in had waited longer than visitors tolerate, and there are more in line than pages of the usual length could serve in
that time; a few who wait because everything stands still for a moment are none. Then the line is kept so short that
answers come within the aim, and it is over once hardly anybody has to be sent away. For a while after, those who were
told to come back later come all at once; so until then nobody is let wait longer than tolerable, but nobody within
that is refused either.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

STANDING = 1.0  # seconds in which everybody waits too long, after which it is a crowd
SUBSIDING = 1.0  # seconds in which fewer than `MANY` are sent away, after which it is none
MANY = 6
WARY = 15.0  # seconds after a crowd; longer than the sent away are told to stay away
_STEP = 1.05
_BRIEFEST = 0.001

Clock = Callable[[], float]


class Mood(Enum):
    """What a line means at a moment."""

    CALM = "a burst, gone soon"
    WARY = "the remains of a crowd"
    CROWDED = "a crowd"


@dataclass(frozen=True)
class Patience:
    """In seconds: what anybody waits at most, or in a burst as pages usually take; what everybody takes for quick; and
    until when an answer should come."""

    longest: float = 5.0
    burst: float = 2.0
    tolerable: float = 0.3
    aim: float = 0.5


USUAL = Patience()


class Crowd:
    """What those who came met lately, and what that allows those who come now."""

    def __init__(self, patience: Patience = USUAL, clock: Clock = time.monotonic) -> None:
        self._patience, self._clock = patience, clock
        self._slow_since: float | None = None
        self._until = float("-inf")
        self._sent_away: deque[float] = deque(maxlen=MANY)
        self.usual = patience.tolerable / 2
        """Seconds a page takes; half of them take longer."""

    @property
    def mood(self) -> Mood:
        """What a line means now."""
        since = self._clock() - self._until
        return Mood.CROWDED if since < 0 else Mood.WARY if since < WARY else Mood.CALM

    def note_wait(self, seconds: float, *, waiting: int, places: int) -> None:
        """Say how long somebody had waited who got in or is first in line, and how many wait for how many places."""
        is_quick = seconds <= self.tolerable or waiting <= self._served_in(self.tolerable, places)
        if is_quick or self.mood is Mood.CROWDED:
            self._slow_since = None
        elif self._slow_since is None:
            self._slow_since = self._clock()
        elif self._clock() - self._slow_since >= STANDING:
            self._until = self._clock() + SUBSIDING

    def note_sent_away(self) -> None:
        """Say that somebody was. While many are, a crowd goes on, or has come back."""
        if self.mood is Mood.CALM:
            return
        self._sent_away.append(self._clock())
        if len(self._sent_away) == MANY:
            self._until = max(self._until, self._sent_away[0] + SUBSIDING)

    def note_page(self, seconds: float) -> None:
        """Say how long a page took. Up a little for a longer one, down for a shorter: that settles at the median."""
        step = _STEP if seconds > self.usual else 1 / _STEP
        self.usual = min(max(self.usual * step, _BRIEFEST), self._patience.longest)

    @property
    def tolerable(self) -> float:
        """Seconds that visitors wait without minding; more on a machine whose pages are slow anyway."""
        return min(max(self._patience.tolerable, 1.5 * self.usual), self._patience.longest)

    @property
    def in_a_crowd(self) -> float:
        """Seconds to wait that leave time for nearly every page until the aim; where there is none, as one takes."""
        return min(max(self._patience.aim - 3 * self.usual, self.usual), self._patience.longest)

    def patience(self) -> float:
        """The seconds that somebody who comes now may wait."""
        if self.mood is Mood.CROWDED:
            return max(self.tolerable, self.in_a_crowd)
        return self._patience.longest

    def room(self, *, places: int, most: int) -> int:
        """How many may wait now, before so many places: as many as have their turn in time."""
        seconds = {
            Mood.CALM: max(self._patience.burst, self.tolerable),
            Mood.WARY: self.tolerable,
            Mood.CROWDED: self.in_a_crowd,
        }
        return min(most, self._served_in(seconds[self.mood], places))

    def _served_in(self, seconds: float, places: int) -> int:
        return round(places * seconds / self.usual)
