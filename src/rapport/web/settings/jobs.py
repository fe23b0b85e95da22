"""Background work: what waits, runs and failed, what runs by the clock, and which workers live."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_POST
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from rapport.core.jobs import JOBS, Job
from rapport.core.overdue_jobs import OverdueJob, ask_to_stop, try_again
from rapport.core.processes import Kind, living
from rapport.core.working import LONG_WORK
from rapport.web.ui.toasts import toast

from .access import needs

_SHOWN = 50
_STOPPED_ELSEWHERE = frozenset({"quality.duplicates.jobs.look_through"})
STATES: dict[str, str | Promise] = {
    "todo": _("waiting"),
    "doing": _("running"),
    "succeeded": pgettext_lazy("state", "done"),
    "failed": pgettext_lazy("state", "failed"),
    "cancelled": pgettext_lazy("state", "cancelled"),
    "aborted": _("stopped"),
}


@dataclass(frozen=True)
class ShownJob:
    """One job of the queue, with what is registered about its kind."""

    row: ProcrastinateJob
    kind: Job | None
    state: str | Promise
    overdue: OverdueJob | None
    """How long it might take, and when it was ended for taking longer."""

    @property
    def may_be_stopped(self) -> bool:
        """Whether it weighs, learns or compares, and nothing else stops it: searches for duplicates have a page."""
        is_long = self.row.queue_name in LONG_WORK and self.row.task_name not in _STOPPED_ELSEWHERE
        return is_long and self.row.status == "doing" and not self.row.abort_requested


@require_GET
@needs("jobs.read")
def jobs(request: HttpRequest) -> HttpResponse:
    """Counts by state, the jobs (`?state=` narrows them to the newest of one), schedules and workers."""
    state = request.GET.get("state", "")
    counts = Counter(dict(ProcrastinateJob.objects.values_list("status").annotate(Count("pk"))))
    context = {
        "jobs": _shown(_listed(state)),
        "done": [] if state in STATES else _done(),
        "states": [(key, label, counts[key]) for key, label in STATES.items()],
        "state": state,
        "schedules": [job for job in JOBS.values() if job.schedule],
        "workers": living().filter(kind=Kind.WORKER),
    }
    return render(request, "settings/jobs.html", context)


def _listed(state: str) -> "QuerySet[ProcrastinateJob]":
    """The newest in a state; without one all but those that are done, which are counted by kind."""
    known = ProcrastinateJob.objects.order_by("-pk")
    return (known.filter(status=state) if state in STATES else known.exclude(status="succeeded"))[:_SHOWN]


def _done() -> list[tuple[str | Promise, int]]:
    """How often each kind of work was done lately, the most frequent first."""
    done = ProcrastinateJob.objects.filter(status="succeeded").values_list("task_name")
    counted = done.annotate(times=Count("pk")).order_by("-times", "task_name")
    return [(JOBS[name].label if name in JOBS else name, times) for name, times in counted]


def _shown(rows: "QuerySet[ProcrastinateJob]") -> list[ShownJob]:
    failed = [row.pk for row in rows if row.status == "failed"]
    overdue = OverdueJob.objects.in_bulk(failed)
    return [ShownJob(row, JOBS.get(row.task_name), STATES.get(row.status, ""), overdue.get(row.pk)) for row in rows]


@require_POST
@needs("jobs.change")
def act(request: HttpRequest, job_id: int, action: str) -> HttpResponse:
    """Try a failed job again, cancel a waiting one, or stop one that runs."""
    job = get_object_or_404(ProcrastinateJob, pk=job_id)
    if action == "retry" and job.status == "failed":
        _try_again(request, job_id)
    elif action == "cancel" and job.status == "todo":
        app.job_manager.cancel_job_by_id(job_id)
    elif action == "stop" and job.queue_name in LONG_WORK:
        _stop(request, job_id)
    elif action not in ("retry", "cancel", "stop"):
        raise Http404
    return redirect("settings-jobs")


def _stop(request: HttpRequest, job_id: int) -> None:
    if ask_to_stop(job_id):
        toast(request, _("Job %(number)d is being stopped; that takes half a minute at most.") % {"number": job_id})
    else:
        toast(request, _("Job %(number)d had ended already.") % {"number": job_id}, bad=True)


def _try_again(request: HttpRequest, job_id: int) -> None:
    if try_again(job_id):
        toast(request, _("Job %(number)d waits for a worker.") % {"number": job_id})
    else:
        toast(request, _("Another job like it waits already and will do the same. This one stays as it is."), bad=True)
