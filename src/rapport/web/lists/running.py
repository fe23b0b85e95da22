"""Bulk actions in the background: how far they are, what was left alone, and taking them back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST
from procrastinate.contrib.django.models import ProcrastinateJob

from rapport.core.events import Event
from rapport.core.undo import UndoResult, undo_batch
from rapport.web.middleware import ActingRequest
from rapport.web.records.left_alone import left_alone_in_words
from rapport.web.ui.toasts import toast

from .bulk import NAMED
from .spec import ListSpec
from .views import spec_or_404

_UNDER_WAY = ("todo", "doing")


@dataclass(frozen=True)
class Progress:
    """How far a bulk action is; `refused` are records left alone, as their events tell."""

    job_id: int
    batch: UUID
    asked: int
    total: int
    status: str
    refused: tuple[Any, ...]
    left: int

    @property
    def done(self) -> int:
        """How many records were changed or deleted as asked."""
        return self.asked - self.left

    @property
    def is_under_way(self) -> bool:
        """Whether it still goes on."""
        return self.status in _UNDER_WAY

    @property
    def has_failed(self) -> bool:
        """Whether it stopped before its end."""
        return self.status not in (*_UNDER_WAY, "succeeded")


@require_GET
def progress(request: ActingRequest, job_id: int) -> HttpResponse:
    """The page of a bulk action, or for htmx just its progress."""
    spec, found = _progress(request, job_id)
    context = {"spec": spec, "entry": spec.entry, "progress": found}
    is_part = request.headers.get("HX-Target", "").endswith("#bulk-progress")
    return render(request, "lists/bulk_progress.html" if is_part else "lists/bulk_running.html", context)


def _progress(request: ActingRequest, job_id: int) -> tuple[ListSpec, Progress]:
    """That of one's own job; anybody else's does not exist."""
    job = ProcrastinateJob.objects.filter(pk=min(job_id, 2**62), task_name__startswith="web.lists.").first()
    if job is None or job.args.get("user_id") != str(request.actor.user_id):
        raise Http404
    spec = spec_or_404(job.args["record_type"], request.actor)
    batch = UUID(job.args["batch_id"])
    details = list(Event.objects.filter(batch=batch, undoes=None).order_by("id").values_list("detail", flat=True))
    refused = [refusal for detail in details for refusal in detail.get("refused", [])]
    asked, total = sum(detail.get("asked", 0) for detail in details), len(job.args["ids"])
    left = sum(detail.get("left", len(detail.get("refused", ()))) for detail in details)
    return spec, Progress(job.pk, batch, asked, total, job.status, tuple(refused[:50]), left)


@require_POST
def undo(request: ActingRequest, job_id: int) -> HttpResponse:
    """Take the whole bulk action back."""
    spec, found = _progress(request, job_id)
    results = undo_batch(found.batch)
    kept = sum(len(result.conflicts) for result in results)
    told = ngettext(
        "Undone. %(kept)d value was changed since and stayed.",
        "Undone. %(kept)d values were changed since and stayed.",
        kept,
    )
    toast(request, " ".join([told % {"kept": kept}, *_first(request, results)]) if kept else _("Undone."))
    return redirect(spec.path)


def _first(request: ActingRequest, results: Sequence[UndoResult]) -> list[str]:
    """The first few of what stayed, in words."""
    conflicts = [conflict for result in results for conflict in result.conflicts]
    named = left_alone_in_words(request.actor, conflicts[:NAMED])
    text = "; ".join([*named, "…"] if len(conflicts) > NAMED else named)
    return [text] if named else []
