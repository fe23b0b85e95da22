"""Imports that look busy though nobody works on them: their job was set aside because its workers died of it."""

from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateJob

from rapport.core.clock import now
from rapport.integrations.importing.progress import note
from rapport.integrations.importing.running.run import alone
from rapport.integrations.models import Import, Status

_BUSY = (Status.CHECKING, Status.RUNNING, Status.UNDOING)


def notice_abandoned_imports() -> int:
    """Say of each that it stopped, so that its page offers what can be done; returns how many there were."""
    found = 0
    for subject in Import._base_manager.filter(status__in=_BUSY):
        with alone(subject, patience=0) as is_alone:
            if is_alone and not _has_a_job(subject):
                _give_up(subject)
                found += 1
    return found


def _has_a_job(subject: Import) -> bool:
    jobs = ProcrastinateJob.objects.filter(args__import_id=str(subject.pk), queue_name="imports")
    return jobs.filter(status__in=("todo", "doing")).exists()


def _give_up(subject: Import) -> None:
    if subject.status == Status.CHECKING:
        problem = _("The server ended time and again while it checked these files. Check them once more.")
        note(subject, status=Status.UPLOADED, problem=problem, progress={})
        return
    problem = _("The server ended time and again at this import. What is written stays: go on, or undo it.")
    note(subject, status=Status.FAILED, problem=problem, finished_at=now())
