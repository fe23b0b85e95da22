"""A clock that is set back: schedules know until when they were done, and would wait until it is that late again."""

import threading
import time
from collections.abc import Callable

import structlog

LOOKED_AT_EVERY = 10.0  # seconds
_A_JUMP = 60.0  # seconds; less is made up for by itself
_log = structlog.get_logger("rapport.clock")


class ClockWatch:
    """Compares the clock of the machine with one that nobody sets."""

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic) -> None:
        self._wall, self._steady = wall, steady
        self._ahead = wall() - steady()

    def was_set_back(self) -> bool:
        """Whether it was set back by more than a minute since this was asked last."""
        before, self._ahead = self._ahead, self._wall() - self._steady()
        return before - self._ahead > _A_JUMP


def when_set_back(act: Callable[[], None]) -> None:
    """Call `act` once from a thread of its own when the clock was set back."""
    threading.Thread(target=_watch, args=(ClockWatch(), act), name="clock", daemon=True).start()


def _watch(watch: ClockWatch, act: Callable[[], None]) -> None:
    while not watch.was_set_back():
        time.sleep(LOOKED_AT_EVERY)
    _log.warning("clock_set_back")
    act()
