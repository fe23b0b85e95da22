"""The gate before the work: a few requests at once, some wait their turn, what is beyond that is sent away in words.

Past a handful of requests at once a process only gets slower for everybody. So the others wait, but never long: who
would wait too long gets 503 with `Retry-After`, while those inside are served as quickly as ever. A process has
a thread for each that is inside, for each that waits, and a few to send the others away.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.http import HttpRequest, HttpResponseBase

from rapport.core.outages import BUSY

MOST_AT_ONCE = 8  # one page each; below the size of the pool of connections
WAITING = int(os.environ.get("RAPPORT_REQUESTS_WAITING") or "40")
PATIENCE = 5.0  # seconds
REFUSING = 4
ALWAYS_IN = ("/healthz", "/metrics")

Next = Callable[[HttpRequest], HttpResponseBase]


def at_once() -> int:
    """How many pages one process makes at a time."""
    return min(2 * (os.cpu_count() or 1) + 1, MOST_AT_ONCE)


def threads() -> int:
    """How many threads one process needs."""
    return at_once() + WAITING + REFUSING


class Crowded(Exception):
    """No place, or none in time."""


class Gate:
    """The places of one process."""

    def __init__(self, *, at_once: int, waiting: int, patience: float) -> None:
        self._places = threading.Semaphore(at_once)
        self._queue = threading.Semaphore(waiting)
        self._patience = patience

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place inside, for the block; raises `Crowded` when there is none in time."""
        if not self._places.acquire(blocking=False):
            self._wait()
        try:
            yield
        finally:
            self._places.release()

    def _wait(self) -> None:
        if not self._queue.acquire(blocking=False):
            raise Crowded
        try:
            if not self._places.acquire(timeout=self._patience):
                raise Crowded
        finally:
            self._queue.release()


def admitted(get_response: Next) -> Next:
    """Middleware: lets requests in by turns."""
    from rapport.web.ui.outages import outage_answer

    gate = Gate(at_once=at_once(), waiting=WAITING, patience=PATIENCE)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path in ALWAYS_IN:
            return get_response(request)
        try:
            with gate.place():
                return get_response(request)
        except Crowded:
            return outage_answer(request, BUSY)

    return middleware
