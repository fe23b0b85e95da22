"""A job that fails, or takes its worker down, is parked after three tries; the others go on."""

import signal
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.db.utils import OperationalError
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from rapport.core.clock import now
from rapport.core.job_retries import SUSPECT, TRIES, Patience, getting_on, trying
from rapport.core.overdue_jobs import OverdueJob, ask_to_stop
from rapport.core.rescuing import rescue
from rapport.core.working import ENDED_FOR_OVERDUE, groups
from rapport.identity.models import Team
from tests.jobs import a_worker

OTHERS = 4


def _tried(attempts: int) -> Job:
    return Job(id=1, queue="default", lock=None, queueing_lock=None, task_name="a", attempts=attempts)


def test_a_job_that_fails_is_tried_three_times_with_growing_pauses() -> None:
    decisions = [Patience().get_retry_decision(exception=ValueError(), job=_tried(done)) for done in range(TRIES)]
    pauses = [
        decision and decision.retry_at and round((decision.retry_at - now()).total_seconds()) for decision in decisions
    ]
    assert pauses == [4, 16, None]


def test_an_outage_is_waited_out() -> None:
    decision = Patience().get_retry_decision(exception=OperationalError("server closed"), job=_tried(40))
    assert decision is not None
    assert decision.retry_at is not None
    assert decision.retry_at - now() <= timedelta(seconds=60)


def test_a_job_that_is_tried_once_waits_out_an_outage_all_the_same() -> None:
    once = Patience(tries=1)
    assert once.get_retry_decision(exception=ValueError(), job=_tried(0)) is None
    assert once.get_retry_decision(exception=OperationalError("server closed"), job=_tried(0)) is not None


@pytest.mark.django_db
def test_a_job_that_gets_on_is_no_suspect_any_more() -> None:
    from tests.core.counting_job import count

    job_id = count.defer(number=1)
    jobs = ProcrastinateJob.objects.filter(pk=job_id).values_list("attempts", "lock")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET attempts = 2, lock = %s WHERE id = %s", [SUSPECT, job_id])
    getting_on()
    assert jobs.get() == (2, SUSPECT)
    with trying(job_id):
        getting_on()
    assert jobs.get() == (0, None)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_job_that_takes_workers_down_is_parked_and_the_others_are_done() -> None:
    from tests.core.counting_job import count
    from tests.core.poison_jobs import take_the_worker_down

    take_the_worker_down.defer()
    for number in range(OTHERS):
        count.defer(number=number)
    deaths = 0
    while ProcrastinateJob.objects.filter(status__in=["todo", "doing"]).exists():
        assert deaths <= TRIES
        deaths += _lived_until_death_or_done()
        rescue(silent_for=0)
    assert deaths == TRIES
    poison = ProcrastinateJob.objects.get(task_name__endswith="take_the_worker_down")
    assert poison.status == "failed"
    assert Team.objects.count() == OTHERS
    assert set(ProcrastinateJob.objects.exclude(pk=poison.pk).values_list("status", flat=True)) == {"succeeded"}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_long_jobs_that_hang_hold_up_no_others() -> None:
    """Named after trust goals G-D2 and G-D3: more of them hang than a worker does at a time."""
    from tests.core.counting_job import count
    from tests.core.poison_jobs import hang

    for _job in range(8):
        hang.defer()
    for number in range(OTHERS):
        count.defer(number=number)
    deadline = time.monotonic() + 120
    with a_worker() as worker:
        while Team.objects.count() < OTHERS:
            assert time.monotonic() < deadline, "the others wait"
            assert worker.poll() is None
            time.sleep(0.1)
        hanging = ProcrastinateJob.objects.filter(task_name__endswith="hang")
        assert set(hanging.values_list("status", flat=True)) == {"doing", "todo"}
        worker.kill()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_job_that_takes_too_long_is_parked_with_its_worker_and_what_it_wrote_is_gone() -> None:
    from tests.core.counting_job import count
    from tests.core.poison_jobs import hang_for_too_long

    overdue = hang_for_too_long.defer()
    with a_worker() as worker:
        assert worker.wait(120) == ENDED_FOR_OVERDUE
    jobs = ProcrastinateJob.objects.filter(pk=overdue).values_list("status", flat=True)
    assert jobs.get() == "failed"
    assert OverdueJob.objects.get().job_id == overdue
    for number in range(OTHERS):
        count.defer(number=number)
    rescue(silent_for=0)
    while ProcrastinateJob.objects.filter(status__in=["todo", "doing"]).exists():
        assert not _lived_until_death_or_done()
    assert set(Team.objects.values_list("name", flat=True)) == {f"Team {number}" for number in range(OTHERS)}
    assert jobs.get() == "failed"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_job_that_is_stopped_ends_with_its_worker_and_is_not_tried_again() -> None:
    from tests.core.poison_jobs import hang

    job_id, deadline = hang.defer(), time.monotonic() + 120
    jobs = ProcrastinateJob.objects.filter(pk=job_id).values_list("status", flat=True)
    with a_worker() as worker:
        while not ask_to_stop(job_id):
            assert time.monotonic() < deadline, "it was never begun"
            time.sleep(0.1)
        assert worker.wait(120) == ENDED_FOR_OVERDUE
    assert jobs.get() == "aborted"
    assert not OverdueJob.objects.exists()
    rescue(silent_for=0)
    assert jobs.get() == "aborted"


def test_every_queue_is_worked_on_by_one_of_the_groups() -> None:
    known = {task.queue for task in app.tasks.values()}
    short, long = groups()
    assert known <= {*short, *long}
    assert not set(short) & set(long)


def _lived_until_death_or_done() -> int:
    """1 when the worker died by itself; a worker that has nothing left to do is ended."""
    deadline = time.monotonic() + 60
    with a_worker() as worker:
        while worker.poll() is None and time.monotonic() < deadline:
            if not ProcrastinateJob.objects.filter(status__in=["todo", "doing"]).exists():
                worker.send_signal(signal.SIGTERM)
                worker.wait(30)
                return 0
            time.sleep(0.1)
        worker.kill()
    return 1
