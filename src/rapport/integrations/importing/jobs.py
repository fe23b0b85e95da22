"""Imports in the background: check, run, undo. Each job can be run again and goes on where it was."""

from uuid import UUID

from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import acting_as
from rapport.core.clock import now
from rapport.core.collection import collecting_seldom
from rapport.core.jobs import job
from rapport.core.overdue_jobs import A_DAY
from rapport.core.problems import Problem
from rapport.integrations.importing.abandoned import notice_abandoned_imports
from rapport.integrations.importing.checking.check import check
from rapport.integrations.importing.incoming import sweep
from rapport.integrations.importing.progress import note
from rapport.integrations.importing.reading import UnreadableFile
from rapport.integrations.importing.retention import forget_staged_rows
from rapport.integrations.importing.running.rights import actor_of
from rapport.integrations.importing.running.run import CHUNK, alone, run
from rapport.integrations.importing.undoing import undo
from rapport.integrations.models import Import, Status


@job(label=_("Check an import"), queue="imports", atomic=False, longest=A_DAY)
def check_import(import_id: str) -> None:
    """Do the dry run of an import."""
    check_now(Import.objects.get(pk=UUID(import_id)))


@job(label=_("Run an import"), queue="imports", atomic=False, longest=A_DAY)
def run_import(import_id: str) -> None:
    """Write the rows of a checked import."""
    run_now(Import.objects.get(pk=UUID(import_id)))


@job(label=_("Undo an import"), queue="imports", atomic=False, longest=A_DAY)
def undo_import(import_id: str) -> None:
    """Take back what an import wrote."""
    undo_now(Import.objects.get(pk=UUID(import_id)))


@job(label=_("Forget staged rows"), schedule="25 4 * * *", lock="staged-rows")
def forget_staged() -> None:
    """Drop rows that no import, report or download needs any more; how many there were stays known."""
    forget_staged_rows()


@job(label=_("Notice imports that were left"), schedule="* * * * *", lock="abandoned-imports")
def notice_abandoned() -> None:
    """Say of imports whose job was set aside that they stopped."""
    notice_abandoned_imports()


@job(label=_("Forget unfinished uploads"), schedule="50 4 * * *", lock="unfinished-uploads")
def forget_unfinished_uploads() -> None:
    """Delete the parts of files whose upload nobody went on with."""
    sweep()


def check_now(subject: Import) -> None:
    """Check in this process; a problem is noted with the import."""
    with alone(subject) as is_alone, acting_as(actor_of(subject)), _language_of(subject), collecting_seldom():
        if not is_alone:
            return
        note(subject, status=Status.CHECKING, problem="", offers_made=False, stop_asked=False)
        try:
            check(subject)
        except (Problem, UnreadableFile) as problem:
            note(subject, status=Status.FAILED, problem=_told(problem), finished_at=now())
            return
        note(subject, status=Status.CHECKED)


def run_now(subject: Import) -> None:
    """Run in this process; a problem is noted with the import."""
    with acting_as(actor_of(subject)), _language_of(subject), collecting_seldom():
        try:
            run(subject, chunk=int(subject.options.get("chunk") or CHUNK))
        except Problem as problem:
            note(subject, status=Status.FAILED, problem=str(problem), finished_at=now())


def undo_now(subject: Import) -> None:
    """Undo in this process; a problem is noted with the import."""
    with acting_as(actor_of(subject)), _language_of(subject), collecting_seldom():
        try:
            undo(subject)
        except Problem as problem:
            note(subject, status=Status.FAILED, problem=str(problem), finished_at=now())


def _language_of(subject: Import) -> override:
    """Sentences are kept in the language of whoever imports."""
    return override(subject.started_by.language if subject.started_by else get_language())


def _told(problem: Problem | UnreadableFile) -> str:
    return gettext(problem.sentence) % problem.details if isinstance(problem, UnreadableFile) else str(problem)
