"""Background work on the PostgreSQL queue (procrastinate): retried with backoff, scheduled, safe from crashes.

A job is deferred in the transaction that asks for it and so exists exactly when that commits. A worker
that dies leaves its job behind; `rescue_stalled_jobs` hands it to another one. So that its effect comes
neither twice nor not at all, a job runs in one transaction together with the mark that it was done.
A long job says `atomic=False`, commits bit by bit and keeps its own progress in the same transactions; when it gets
on it says so (`getting_on`), so that a server stopped time and again is not held against it.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from inspect import cleandoc
from typing import Any

import structlog
from asgiref.sync import async_to_sync
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Status
from procrastinate.retry import BaseRetryStrategy
from procrastinate.tasks import Task

from .actors import SYSTEM, acting_as
from .done_jobs import DoneJob
from .editions import catch_up
from .job_retries import Patience, left_to_the_next, trying
from .overdue_jobs import LONGEST, OverdueJob, within
from .reactions import react
from .rescuing import rescue
from .seal import note_newest_seal, seal_new_events

_RETRY = Patience()
_log = structlog.get_logger("rapport.jobs")


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
    retry: BaseRetryStrategy | bool = _RETRY,
    lock: str | None = None,
    atomic: bool = True,
    longest: timedelta = LONGEST,
) -> Callable[[Callable[..., None]], "Task[..., None, ...]"]:
    """Make a function a job, done by the system unless it says otherwise; `schedule` is in cron's five fields.

    One that takes longer than `longest` hangs: it is parked, and its worker started anew.
    """

    def decorate(function: Callable[..., None]) -> "Task[..., None, ...]":
        name = f"{function.__module__.removeprefix('rapport.')}.{function.__name__}"
        JOBS[name] = Job(name, label, _meaning(function), queue, schedule)
        run = _running(function, _Running(name, lock, longest, atomic))
        task: Any = app.task(name=name, queue=queue, retry=retry, queueing_lock=lock, pass_context=True)(run)
        return app.periodic(cron=schedule)(task) if schedule else task

    return decorate


@dataclass(frozen=True)
class _Running:
    """How a job is run."""

    name: str
    lock: str | None
    longest: timedelta
    is_atomic: bool


def _running(function: Callable[..., None], how: _Running) -> Callable[..., None]:
    """The function as the queue calls it: watched, by the system, and told to the logs."""

    @wraps(function)
    def run(context: JobContext, /, **kwargs: Any) -> None:
        kwargs.pop("timestamp", None)
        with within(context.job.id, how.name, how.longest), left_to_the_next(how.lock):
            _do(how.name, context, lambda: function(**kwargs), atomic=how.is_atomic)

    return run


def _meaning(function: Callable[..., None]) -> str:
    """The first paragraph of what it says of itself; the catalogues have it, too."""
    return " ".join(cleandoc(function.__doc__ or "").partition("\n\n")[0].split())


def _do(name: str, context: JobContext, work: Callable[[], None], *, atomic: bool) -> None:
    """One try, by the system, with what was set meanwhile; told to the logs."""
    with trying(context.job.id), _logged(name, context), acting_as(SYSTEM):
        catch_up()
        if atomic:
            _once(context.job.id or 0, work)
        else:
            work()


def ask_once(task: "Task[..., None, ...]", *, lock: str | None = None, **arguments: Any) -> None:
    """Ask for a job of which only one may wait, of its kind or with this lock; one that waits already will do.

    Within a transaction it is asked for after the commit: before, the second of two writers would wait for the first.
    """
    only = lock or task.queueing_lock

    def ask() -> None:
        waiting = ProcrastinateJob.objects.filter(queueing_lock=only, status=Status.TODO.value)
        if not waiting.exists():
            with suppress(AlreadyEnqueued):
                task.configure(queueing_lock=only).defer(**arguments)

    transaction.on_commit(ask, robust=True)


@contextmanager
def _logged(name: str, context: JobContext) -> Iterator[None]:
    """One line for each job that was done or failed; lines written meanwhile carry its number."""
    started = time.perf_counter()
    with structlog.contextvars.bound_contextvars(job=context.job.id, task=name):
        try:
            yield
        except Exception as error:
            _log.warning("job_failed", attempt=context.job.attempts + 1, ms=_since(started), exc_info=error)
            raise
        _log.info("job", attempt=context.job.attempts + 1, ms=_since(started))


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 1)


def _once(job_id: int, function: Callable[[], object]) -> None:
    """Do it, unless this very job was done before by a worker that died before it could say so."""
    with transaction.atomic():
        _mark, is_first = DoneJob.objects.get_or_create(job_id=job_id)
        if is_first:
            function()


@job(label=_("Reaction to an event"))
def run_reaction(name: str, event_id: int) -> None:
    """Do what follows an event."""
    react(name, event_id)


@job(label=_("Seal the history"), schedule="* * * * *", lock="seal")
def seal_history() -> None:
    """Add the events of the last minute to the hash chain, and note the newest seal outside the database."""
    seal_new_events()
    transaction.on_commit(_note_newest_seal, robust=True)


def _note_newest_seal() -> None:
    """Once it is committed: what is noted outside the database must be in it, come what may."""
    cut = note_newest_seal()
    if cut is not None:
        _log.error("history_cut_off", position=cut.position, what=cut.what)


@job(label=_("Forget old jobs"), schedule="17 3 * * *", lock="forget-jobs")
def forget_old_jobs() -> None:
    """Drop what is known of jobs that ended over a week ago; failed ones are kept for four."""
    async_to_sync(_forget)()
    known = ProcrastinateJob.objects.filter(pk=OuterRef("job_id"))
    DoneJob.objects.filter(~Exists(known)).delete()
    OverdueJob.objects.filter(~Exists(known)).delete()


async def _forget() -> None:
    manager = app.job_manager
    await manager.delete_old_jobs(nb_hours=7 * 24)
    await manager.delete_old_jobs(nb_hours=28 * 24, include_failed=True)


@job(label=_("Rescue stalled jobs"), schedule="* * * * *", lock="rescue")
def rescue_stalled_jobs() -> None:
    """Give the jobs of workers that died to those that live."""
    rescue()
