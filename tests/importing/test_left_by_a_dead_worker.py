"""A worker that dies holds its import for as long as its last statement takes; what nobody works on says so."""

import threading
import time

import psycopg
import pytest
from django.db import connection

from rapport.core.actors import Actor
from rapport.integrations.importing import jobs, service
from rapport.integrations.importing.abandoned import notice_abandoned_imports
from rapport.integrations.importing.progress import note
from rapport.integrations.importing.running import run as running
from rapport.integrations.models import Import, Status
from tests.importing.conftest import checked


@pytest.fixture
def dead_workers_lock(transactional_db: None, as_system: Actor) -> "DeadWorker":
    return DeadWorker()


class DeadWorker:
    """A connection of its own that holds the lock of an import."""

    def hold(self, subject: Import, *, seconds: float) -> None:
        parameters = connection.get_connection_params()
        known = {
            name: parameters[name] for name in ("dbname", "user", "host", "port", "password") if name in parameters
        }
        other = psycopg.connect(**known, autocommit=True)
        other.execute("SELECT pg_advisory_lock(%s)", [subject.pk.int & 0x7FFF_FFFF_FFFF_FFFF])
        threading.Thread(target=lambda: (time.sleep(seconds), other.close())).start()


def test_an_import_goes_on_when_the_dead_workers_statement_has_ended(dead_workers_lock: DeadWorker) -> None:
    subject = checked({"accounts.csv": b"account\nAcme\nBeta\n"})
    dead_workers_lock.hold(subject, seconds=1.5)
    jobs.run_now(subject)
    subject.refresh_from_db()
    assert subject.status == Status.DONE


def test_where_another_goes_on_working_the_second_leaves_it_alone(
    dead_workers_lock: DeadWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "PATIENCE", 0.2)
    subject = checked({"accounts.csv": b"account\nAcme\nBeta\n"})
    dead_workers_lock.hold(subject, seconds=1.5)
    jobs.run_now(subject)
    subject.refresh_from_db()
    assert subject.status != Status.DONE


def test_an_import_that_nobody_works_on_says_so_and_can_go_on(dead_workers_lock: DeadWorker) -> None:
    subject = checked({"accounts.csv": b"account\nAcme\nBeta\n"})
    service.request_run(subject)
    assert notice_abandoned_imports() == 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    assert notice_abandoned_imports() == 1
    subject.refresh_from_db()
    assert (subject.status, "go on, or undo it" in subject.problem) == (Status.FAILED, True)
    service.request_run(subject)
    jobs.run_now(subject)
    assert subject.status == Status.DONE


def test_an_import_somebody_works_on_is_left_alone(dead_workers_lock: DeadWorker) -> None:
    subject = checked({"accounts.csv": b"account\nAcme\nBeta\n"})
    note(subject, status=Status.CHECKING)
    dead_workers_lock.hold(subject, seconds=2)
    assert notice_abandoned_imports() == 0
    time.sleep(3)
    assert notice_abandoned_imports() == 1
    subject.refresh_from_db()
    assert (subject.status, "once more" in subject.problem) == (Status.UPLOADED, True)
