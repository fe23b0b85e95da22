"""Jobs that take longer than any of their kind should, or that somebody wants stopped: they keep a place from others.

A thread can't be ended from outside, a process can. So the worker that finds one stops taking jobs, gives the others
time to end, parks what hangs and ends itself; whoever started it starts another. What the others were at comes back as
after any death of a worker, and what was parked is tried again only when somebody says so: nothing is done twice.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog
from django.db import models, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Status

from .clock import now

LONGEST, A_DAY = timedelta(hours=6), timedelta(days=1)
_NOTE = """
INSERT INTO core_overduejob (job_id, longest, ended_at) VALUES (%(job_id)s, %(longest)s, %(ended_at)s)
ON CONFLICT (job_id) DO UPDATE SET longest = excluded.longest, ended_at = excluded.ended_at
"""
_log = structlog.get_logger("rapport.jobs")


class OverdueJob(models.Model):
    """This job took longer than `longest` and was ended with its worker; `job_id` is the queue's number of it."""

    job_id = models.BigIntegerField(primary_key=True)
    longest = models.DurationField()
    ended_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return str(self.job_id)


@dataclass(frozen=True)
class UnderWay:
    """A job that this process is at, the moment of the monotonic clock at which it is overdue, if it was stopped."""

    job_id: int
    task: str
    longest: timedelta
    until: float
    is_stopped: bool = False


_under_way: dict[int, UnderWay] = {}


@contextmanager
def within(job_id: int | None, task: str, longest: timedelta) -> Iterator[None]:
    """Within the block this job is under way, and should take no longer than that."""
    if job_id is None:
        yield
        return
    _under_way[job_id] = UnderWay(job_id, task, longest, time.monotonic() + longest.total_seconds())
    try:
        yield
    finally:
        _under_way.pop(job_id, None)


def overdue() -> list[UnderWay]:
    """The jobs of this process that should have ended."""
    return [one for one in list(_under_way.values()) if time.monotonic() > one.until]


def are_all_overdue() -> bool:
    """Whether this process is at nothing else than what hangs."""
    return len(overdue()) == len(_under_way)


def ask_to_stop(job_id: int) -> bool:
    """Have a job stopped that runs, by the worker that is at it; False where it runs no more."""
    is_running = ProcrastinateJob.objects.filter(pk=job_id, status=Status.DOING.value).exists()
    return is_running and app.job_manager.cancel_job_by_id(job_id, abort=True)


async def heed_requests() -> None:
    """Call the jobs of this process overdue that somebody wants stopped."""
    with suppress(ConnectorException):
        for job_id in await app.job_manager.list_jobs_to_abort_async() if _under_way else ():
            if found := _under_way.get(job_id):
                _under_way[job_id] = replace(found, until=time.monotonic(), is_stopped=True)


async def park(late: UnderWay) -> None:
    """Call a job that hangs failed, so that it is listed and nobody waits for it; unless it has ended after all."""
    if late.is_stopped:
        _log.warning("job_stopped", job=late.job_id, task=late.task)
        with suppress(ConnectorException):
            await app.job_manager.finish_job_by_id_async(late.job_id, Status.ABORTED, delete_job=False)
        return
    _log.error("job_overdue", job=late.job_id, task=late.task, minutes=late.longest // timedelta(minutes=1))
    with suppress(ConnectorException):
        await app.job_manager.finish_job_by_id_async(late.job_id, Status.FAILED, delete_job=False)
        noted = {"job_id": late.job_id, "longest": late.longest, "ended_at": now()}
        await app.connector.execute_query_async(_NOTE, **noted)


def try_again(job_id: int) -> bool:
    """Put a parked job back into the queue; False where it isn't parked, or where one like it waits already."""
    with suppress(UniqueViolation), transaction.atomic():
        if ProcrastinateJob.objects.select_for_update().filter(pk=job_id, status=Status.FAILED.value).first() is None:
            return False
        OverdueJob.objects.filter(pk=job_id).delete()
        app.job_manager.retry_job_by_id(job_id, now())
        return True
    return False
