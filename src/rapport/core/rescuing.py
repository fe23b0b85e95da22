"""The jobs of workers that died are handed to those that live.

A worker next to others is dead when it was silent for a while. One that starts alone knows at once that all others are
dead: each holds a lock of the database as long as it lives, however it ends.
"""

import threading
import time

import structlog
from asgiref.sync import async_to_sync
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import Error
from procrastinate.contrib.django import app
from procrastinate.jobs import Job, Status

from .job_retries import SUSPECT, is_poisonous

STALLED_AFTER = 30
_LOCK = 0x7261_7070_6F72_7401
_LOOK_EVERY = 10.0  # seconds
_log = structlog.get_logger("rapport.jobs")


def rescue(*, silent_for: float = STALLED_AFTER) -> int:
    """Put every job of a worker silent for so many seconds back into the queue; returns how many there were.

    One that has had its tries is parked instead: it is probably what its workers died of.
    """
    return async_to_sync(_rescue)(silent_for)


async def _rescue(silent_for: float) -> int:
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent_for))
    for found in stalled:
        _log.warning("job_stalled", job=found.id, task=found.task_name, attempt=found.attempts + 1)
        await _hand_on(found)
    return len(stalled)


async def _hand_on(found: Job) -> None:
    """Back into the queue. A scheduled job waits for no suspect, and gives way to one like it that waits already."""
    manager = app.job_manager
    if is_poisonous(found):
        await manager.finish_job(found, Status.FAILED, delete_job=False)
    elif found.queueing_lock is None:
        await manager.retry_job(found, lock=found.lock or SUSPECT)
    elif list(await manager.list_jobs_async(queueing_lock=found.queueing_lock, status=Status.TODO.value)):
        await manager.finish_job(found, Status.ABORTED, delete_job=False)
    else:
        await manager.retry_job(found)


def begin_to_live() -> None:
    """Say that a worker lives here, until this process ends; if it is the only one, rescue all jobs of dead ones."""
    own = connection.copy()
    own.inc_thread_sharing()
    come_to_life(own)
    threading.Thread(target=_live_on, args=(own,), name="life", daemon=True).start()


def come_to_life(own: BaseDatabaseWrapper) -> None:
    """A worker lives from here on until this connection ends; the first one rescues what dead ones left."""
    if _is_alone(own):
        rescue(silent_for=0)
        _unlock(own)


def _is_alone(own: BaseDatabaseWrapper) -> bool:
    """Whether no other worker lives; then the lock that keeps others from starting meanwhile is ours too."""
    with own.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        found: bool = cursor.fetchone() == (True,)
        cursor.execute("SELECT pg_advisory_lock_shared(%s)", [_LOCK])
    return found


def _unlock(own: BaseDatabaseWrapper) -> None:
    with own.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _live_on(own: BaseDatabaseWrapper) -> None:
    """Take the lock anew when the database was away."""
    while True:
        time.sleep(_LOOK_EVERY)
        try:
            with own.cursor() as cursor:
                cursor.execute("SELECT 1")
        except Error:
            _renew(own)


def _renew(own: BaseDatabaseWrapper) -> None:
    try:
        own.close()
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock_shared(%s)", [_LOCK])
    except Error as problem:
        _log.warning("life_unknown", reason=type(problem).__name__)
