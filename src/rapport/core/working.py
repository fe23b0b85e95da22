"""A process that works in the background: long work beside all other work, so that neither waits for the other.

Learning, judging all records or finding out what works takes minutes, and may hang. With places of their own such jobs
can fill those and no more: imports, webhooks, mails and the sealing of the history go on.
"""

import asyncio
import os
import signal
import time
from collections.abc import Sequence

import structlog
from procrastinate.contrib.django import app

from .overdue_jobs import are_all_overdue, heed_requests, overdue, park

LONG_WORK = frozenset({"quality", "insights"})
"""Queues of jobs that weigh, learn and compare; nobody stands waiting for them."""

SHUTDOWN_PATIENCE = 15.0  # seconds a job may still take when the worker is asked to stop
OVERDUE_LOOKED_AT = 5.0  # seconds
_ENDING_LOOKED_AT = 0.2
ENDED_FOR_OVERDUE = os.EX_TEMPFAIL
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_log = structlog.get_logger("rapport.jobs")


def work(*, queues: Sequence[str] | None, concurrency: int) -> None:
    """Do jobs until asked to stop: of these queues, or of all, so many at a time, and as many long ones beside them."""
    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        asyncio.run(_work([queues] if queues else groups(), concurrency=concurrency))


def groups() -> list[list[str]]:
    """All queues, parted into those of long work and the others."""
    known = {"default", *(task.queue for task in app.tasks.values())}
    return [sorted(known - LONG_WORK), sorted(LONG_WORK)]


async def _work(parts: Sequence[Sequence[str]], *, concurrency: int) -> None:
    """A worker for each part. All end when asked to, when one of them fails, or when a job hangs: then the supervisor
    starts anew.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        loop.add_signal_handler(number, stop.set)
    async with app.open_async():
        workers = [asyncio.create_task(_worker(queues, concurrency=concurrency)) for queues in parts]
        asked, hangs = asyncio.create_task(stop.wait()), asyncio.create_task(_until_one_hangs())
        await asyncio.wait([asked, hangs, *workers], return_when=asyncio.FIRST_COMPLETED)
        for number in _SIGNALS:
            loop.remove_signal_handler(number)  # who asks once more is obeyed at once
        for each in [asked, hangs, *workers]:
            each.cancel()
        if overdue():
            await _part_from_what_hangs()
        ended = await asyncio.gather(*workers, return_exceptions=True)
    for problem in ended:
        if isinstance(problem, Exception):
            raise problem


async def _until_one_hangs() -> None:
    while not overdue():
        await asyncio.sleep(OVERDUE_LOOKED_AT)
        await heed_requests()


async def _part_from_what_hangs() -> None:
    """Let the other jobs end, park those that don't, and end this process, for a thread that hangs never does."""
    until = time.monotonic() + SHUTDOWN_PATIENCE
    while not are_all_overdue() and time.monotonic() < until:  # noqa: ASYNC110 - as above
        await asyncio.sleep(_ENDING_LOOKED_AT)
    late = overdue()
    for one in late:
        await park(one)
    if late:
        _log.error("worker_ends", advice="Start another, if nothing does that by itself: ./rapport worker")
        os._exit(ENDED_FOR_OVERDUE)


async def _worker(queues: Sequence[str], *, concurrency: int) -> None:
    await app.run_worker_async(
        queues=queues,
        concurrency=concurrency,
        shutdown_graceful_timeout=SHUTDOWN_PATIENCE,
        install_signal_handlers=False,
    )
