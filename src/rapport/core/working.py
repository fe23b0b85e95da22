"""A process that works in the background: long work beside all other work, so that neither waits for the other.

Learning, judging all records or finding out what works takes minutes, and may hang. With places of their own such jobs
can fill those and no more: imports, webhooks, mails and the sealing of the history go on.
"""

import asyncio
import signal
from collections.abc import Sequence

from procrastinate.contrib.django import app

LONG_WORK = frozenset({"quality", "insights"})
"""Queues of jobs that weigh, learn and compare; nobody stands waiting for them."""

SHUTDOWN_PATIENCE = 15.0  # seconds a job may still take when the worker is asked to stop
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def work(*, queues: Sequence[str] | None, concurrency: int) -> None:
    """Do jobs until asked to stop: of these queues, or of all, so many at a time, and as many long ones beside them."""
    with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]
        asyncio.run(_work([queues] if queues else groups(), concurrency=concurrency))


def groups() -> list[list[str]]:
    """All queues, parted into those of long work and the others."""
    known = {"default", *(task.queue for task in app.tasks.values())}
    return [sorted(known - LONG_WORK), sorted(LONG_WORK)]


async def _work(parts: Sequence[Sequence[str]], *, concurrency: int) -> None:
    """A worker for each part. All end when asked to, or when one of them fails: then the supervisor starts anew."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        loop.add_signal_handler(number, stop.set)
    async with app.open_async():
        workers = [asyncio.create_task(_worker(queues, concurrency=concurrency)) for queues in parts]
        asked = asyncio.create_task(stop.wait())
        await asyncio.wait([asked, *workers], return_when=asyncio.FIRST_COMPLETED)
        for number in _SIGNALS:
            loop.remove_signal_handler(number)  # who asks once more is obeyed at once
        for each in [asked, *workers]:
            each.cancel()
        ended = await asyncio.gather(*workers, return_exceptions=True)
    for problem in ended:
        if isinstance(problem, Exception):
            raise problem


async def _worker(queues: Sequence[str], *, concurrency: int) -> None:
    await app.run_worker_async(
        queues=queues,
        concurrency=concurrency,
        shutdown_graceful_timeout=SHUTDOWN_PATIENCE,
        install_signal_handlers=False,
    )
