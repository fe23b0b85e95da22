"""Doing background jobs at once, in the test's own transaction."""

from itertools import count
from types import SimpleNamespace

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.tasks import Task

_numbers = count(1_000_000)


def do_now(job: "Task[..., None, ...]") -> None:
    """Run a scheduled job as its schedule would, each time as another job."""
    job.func(SimpleNamespace(job=SimpleNamespace(id=next(_numbers))))


def do_jobs() -> list[str]:
    """Run every waiting job, and those they ask for, in order; returns their names."""
    done: dict[int, str] = {}
    while waiting := ProcrastinateJob.objects.filter(status="todo").exclude(pk__in=done).order_by("pk").first():
        done[waiting.pk] = waiting.task_name
        context = SimpleNamespace(job=SimpleNamespace(id=waiting.pk))
        app.tasks[waiting.task_name].func(context, **waiting.args)
    return list(done.values())
