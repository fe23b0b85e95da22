"""Of a scheduled job only one may wait: whoever comes second gives way, and holds nobody up."""

import threading
from contextlib import closing

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from rapport.core.actors import SYSTEM, Actor, acting_as
from rapport.core.job_retries import SUSPECT, left_to_the_next
from rapport.core.jobs import rescue_stalled_jobs, seal_history
from rapport.core.rescuing import come_to_life, rescue
from rapport.identity.models import Team
from rapport.quality.jobs import keep_up
from tests.core.counting_job import count


def _left_by_a_dead_worker(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [number])


def _state(number: int) -> tuple[str, str | None]:
    job = ProcrastinateJob.objects.get(pk=number)
    return str(job.status), job.lock


@pytest.mark.django_db
def test_a_job_that_fails_leaves_its_work_to_one_like_it_that_waits() -> None:
    with pytest.raises(ValueError, match="broken"), left_to_the_next("seal"):
        raise ValueError("broken")
    seal_history.defer()
    with left_to_the_next("seal"):
        raise ValueError("broken")


@pytest.mark.django_db(transaction=True)
def test_a_rescued_job_gives_way_to_one_like_it_that_waits() -> None:
    dead = seal_history.defer()
    _left_by_a_dead_worker(dead)
    waiting = seal_history.defer()
    other = count.defer(number=1)
    _left_by_a_dead_worker(other)
    assert rescue(silent_for=0) == 2
    assert _state(dead)[0] == "aborted"
    assert _state(waiting)[0] == "todo"
    assert _state(other) == ("todo", SUSPECT)


@pytest.mark.django_db(transaction=True)
def test_a_rescued_scheduled_job_does_not_wait_for_a_suspect() -> None:
    dead = rescue_stalled_jobs.defer()
    _left_by_a_dead_worker(dead)
    rescue(silent_for=0)
    assert _state(dead) == ("todo", None)


@pytest.mark.django_db(transaction=True)
def test_who_writes_while_a_rescued_job_waits_is_not_refused(as_system: Actor) -> None:
    dead = keep_up.defer()
    _left_by_a_dead_worker(dead)
    rescue(silent_for=0)
    Team.create(name="North")
    assert [job.pk for job in ProcrastinateJob.objects.filter(task_name=keep_up.name)] == [dead]


@pytest.mark.django_db(transaction=True)
def test_who_writes_does_not_wait_for_another_who_writes(as_system: Actor) -> None:
    with transaction.atomic():
        Team.create(name="North")
        other = threading.Thread(target=_create_south)
        other.start()
        other.join(timeout=60)
        assert not other.is_alive()
    assert Team.objects.count() == 2
    assert ProcrastinateJob.objects.filter(task_name=keep_up.name).count() == 1


def _create_south() -> None:
    with acting_as(SYSTEM):
        Team.create(name="South")
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_starts_alone_rescues_at_once_and_next_to_another_leaves_it_be() -> None:
    dead = count.defer(number=1)
    _left_by_a_dead_worker(dead)
    with closing(connection.copy()) as first, closing(connection.copy()) as second:
        come_to_life(first)
        assert _state(dead)[0] == "todo"
        _left_by_a_dead_worker(dead)
        come_to_life(second)
        assert _state(dead)[0] == "doing"
    with closing(connection.copy()) as third:
        come_to_life(third)
    assert _state(dead)[0] == "todo"
