"""Background work on the PostgreSQL queue (procrastinate): retried with backoff, scheduled, safe from crashes.

A job is deferred in the transaction that asks for it and so exists exactly when that commits. A worker
that dies leaves its job behind; `rescue_stalled_jobs` hands it to another one. Jobs are therefore
written to be run again: they keep their progress in the same transaction as their effect.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from .actors import SYSTEM, acting_as
from .reactions import react
from .seal import seal_new_events

P = ParamSpec("P")
R = TypeVar("R")

STALLED_AFTER = 30
_RETRY = RetryStrategy(max_attempts=5, exponential_wait=4)


@dataclass(frozen=True)
class Job:
    """A registered kind of background work."""

    name: str
    label: str | Promise
    meaning: str
    queue: str
    schedule: str | None


JOBS: dict[str, Job] = {}


def job(
    *,
    label: str | Promise,
    queue: str = "default",
    schedule: str | None = None,
    retry: RetryStrategy | bool = _RETRY,
    lock: str | None = None,
) -> Callable[[Callable[P, R]], "Task[P, R, P]"]:
    """Make a function a job, done by the system unless it says otherwise; `schedule` is in cron's five fields."""

    def decorate(function: Callable[P, R]) -> "Task[P, R, P]":
        name = f"{function.__module__.removeprefix('rapport.')}.{function.__name__}"
        JOBS[name] = Job(name, label, (function.__doc__ or "").strip(), queue, schedule)

        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            kwargs.pop("timestamp", None)
            with acting_as(SYSTEM):
                return function(*args, **kwargs)

        task: Any = app.task(name=name, queue=queue, retry=retry, queueing_lock=lock)(run)
        return app.periodic(cron=schedule)(task) if schedule else task

    return decorate


@job(label=_("Reaction to an event"))
def run_reaction(name: str, event_id: int) -> None:
    """Do what follows an event."""
    react(name, event_id)


@job(label=_("Seal the history"), schedule="* * * * *", lock="seal")
def seal_history() -> None:
    """Add the events of the last minute to the hash chain."""
    seal_new_events()


@job(label=_("Rescue stalled jobs"), schedule="* * * * *", lock="rescue")
def rescue_stalled_jobs() -> None:
    """Give the jobs of workers that died to those that live."""
    rescue()


def rescue() -> int:
    """Put every job of a dead worker back into the queue; returns how many there were."""
    from asgiref.sync import async_to_sync  # only this module crosses from threads to the queue's own loop

    return async_to_sync(_rescue)()


async def _rescue() -> int:
    manager = app.job_manager
    stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER))
    for found in stalled:
        await manager.retry_job(found)
    return len(stalled)
