"""Doing background jobs at once, in the test's own transaction."""

from types import SimpleNamespace

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


def do_jobs() -> list[str]:
    """Run every waiting job, and those they ask for, in order; returns their names."""
    done: list[str] = []
    while waiting := ProcrastinateJob.objects.filter(status="todo").order_by("pk").first():
        do_job(waiting)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [waiting.pk])
        done.append(waiting.task_name)
    return done


def do_job(job: ProcrastinateJob) -> None:
    """Run one job, as a worker does; the queue isn't told."""
    context = SimpleNamespace(job=SimpleNamespace(id=job.pk))
    app.tasks[job.task_name].func(context, **job.args)
