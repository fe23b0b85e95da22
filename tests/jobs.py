"""Doing background jobs: at once, in the test's own transaction, or by a worker as in production."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

ROOT = Path(__file__).resolve().parent.parent


def do_jobs() -> list[str]:
    """Run every waiting job, and those they ask for, in order; returns their names."""
    done: list[str] = []
    _as_if_committed()
    while waiting := ProcrastinateJob.objects.filter(status="todo").order_by("pk").first():
        _set_status(waiting, "doing")
        do_job(waiting)
        _set_status(waiting, "succeeded")
        done.append(waiting.task_name)
        _as_if_committed()
    return done


def _set_status(job: ProcrastinateJob, status: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, job.pk])


def _as_if_committed() -> None:
    """What waits for a commit is done, though the transaction of a test is never committed."""
    waiting, connection.run_on_commit = connection.run_on_commit, []
    for _savepoints, function, _is_robust in waiting:
        function()


def do_job(job: ProcrastinateJob) -> None:
    """Run one job, as a worker does; the queue isn't told."""
    context = SimpleNamespace(job=SimpleNamespace(id=job.pk, attempts=job.attempts))
    app.tasks[job.task_name].func(context, **job.args)


def a_worker() -> "subprocess.Popen[bytes]":
    """A worker process on the database of the tests; whoever starts it ends it."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.worker_settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "RAPPORT_TEST_DATABASE": str(connection.settings_dict["NAME"]),
    }
    command = [sys.executable, "-m", "rapport.cli", "worker", "--concurrency", "3"]
    return subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL)
