"""Doing background jobs at once, in the test's own transaction."""

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


def do_jobs() -> list[str]:
    """Run every waiting job, and those they ask for, in order; returns their names."""
    done = []
    while (
        waiting := ProcrastinateJob.objects.filter(status="todo")
        .exclude(pk__in=[key for key, _ in done])
        .order_by("pk")
        .first()
    ):
        done.append((waiting.pk, waiting.task_name))
        app.tasks[waiting.task_name].func(**waiting.args)
    return [name for _, name in done]
