"""When a job that failed is tried again, and when it is parked: listed as failed until somebody looks at it.

A job that fails by itself, or takes its worker down, is parked after three tries, so that it holds nobody up. While the
machine is out of order - database away, disk full - trying goes on, for that is not the job's fault.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy, RetryDecision

from .clock import now
from .outages import outage_of

TRIES = 3
SUSPECT = "suspect"
"""The lock of jobs whose worker died: one of them runs at a time, so that none is parked for another's fault."""

_MOST_TRIES_IN_OUTAGES = 500
_LONGEST_PAUSE = 60


@dataclass(frozen=True)
class Patience(BaseRetryStrategy):
    """Pauses of 4 and 16 seconds between the tries of a job; a minute at most in an outage."""

    tries: int = TRIES

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to try again; None parks the job."""
        most = _MOST_TRIES_IN_OUTAGES if outage_of(exception) else self.tries
        if job.attempts + 1 >= most:
            return None
        pause = min(4 ** (job.attempts + 1), _LONGEST_PAUSE)
        return RetryDecision(retry_at=now() + timedelta(seconds=pause))


def is_poisonous(job: Job) -> bool:
    """Whether a job whose worker died has had its tries."""
    return job.attempts + 1 >= TRIES


@contextmanager
def left_to_the_next(queueing_lock: str | None) -> Iterator[None]:
    """Let a job fail in peace when another like it waits already: that one does its work, and only one may wait."""
    try:
        yield
    except Exception:
        if queueing_lock is None or not one_waits(queueing_lock):
            raise


def one_waits(queueing_lock: str) -> bool:
    """Whether a job of this kind waits in the queue."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    return ProcrastinateJob.objects.filter(queueing_lock=queueing_lock, status="todo").exists()


_tried: ContextVar[int | None] = ContextVar("tried", default=None)


@contextmanager
def trying(job_id: int | None) -> Iterator[None]:
    """Within the block this job is under way."""
    token = _tried.set(job_id)
    try:
        yield
    finally:
        _tried.reset(token)


def getting_on() -> None:
    """Say that the job under way has got further than those who died of it or with it: it is no suspect any more."""
    job_id = _tried.get()
    if job_id is None:
        return
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET attempts = 0, lock = NULL WHERE id = %s", [job_id])
    _tried.set(None)  # once is enough
