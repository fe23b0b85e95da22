"""Imports as pages and the command line use them: everything that can be asked of an import or done with it.

The way of an import: `start_import` takes files in and guesses, `map_file` and `set_options` correct the guesses,
`request_check` does the dry run, `report_of`, `row_notes` and `questions` show what it found, `decide` answers,
`tell_apart` says what is not the same (and then it is checked again), `request_run` writes. `request_stop`,
`request_run` again, `request_undo` and `repeat` do what they say. Requests are done in the background; `progress_of`
tells how far they are.
"""

import shutil
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rapport.core.actors import current_actor
from rapport.core.problems import Problem
from rapport.integrations.importing import jobs
from rapport.integrations.importing.apart import (
    Pair,
    hold_same,
    interpretations,
    pairs_apart,
    tell_apart,
    tell_apart_by_name,
)
from rapport.integrations.importing.bad_rows import bad_rows_csv
from rapport.integrations.importing.deciding import (
    Question,
    decide,
    decide_all,
    decide_by_name,
    decide_record,
    questions,
)
from rapport.integrations.importing.mapping import FieldOption, field_options, map_file
from rapport.integrations.importing.progress import note
from rapport.integrations.importing.reporting import Report, as_json, report_of, row_notes
from rapport.integrations.importing.targets import importable_types
from rapport.integrations.importing.uploading import (
    Upload,
    drop,
    guess_file,
    read_again,
    sample_of,
    set_options,
    start_import,
)
from rapport.integrations.models import Import, ImportFile, Status

__all__ = [
    "FieldOption",
    "Pair",
    "Progress",
    "Question",
    "Report",
    "Upload",
    "as_json",
    "bad_rows_csv",
    "decide",
    "decide_all",
    "decide_by_name",
    "decide_record",
    "discard",
    "field_options",
    "file_of",
    "guess_file",
    "hold_same",
    "importable_types",
    "imports_visible",
    "interpretations",
    "map_file",
    "pairs_apart",
    "progress_of",
    "questions",
    "read_again",
    "repeat",
    "report_of",
    "request_check",
    "request_run",
    "request_stop",
    "request_undo",
    "row_notes",
    "sample_of",
    "set_options",
    "start_import",
    "tell_apart",
    "tell_apart_by_name",
]

_AT_WORK = (Status.CHECKING, Status.RUNNING, Status.UNDOING)


@dataclass(frozen=True)
class Progress:
    """How far an import is: what is being done, how many rows of how many, and whether it is still under way."""

    status: Status
    phase: str
    done: int
    total: int
    under_way: bool

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return min(1.0, self.done / self.total) if self.total else 0.0


def imports_visible() -> QuerySet[Import]:
    """The imports the actor may see, newest first."""
    return Import.objects.visible_to(current_actor()).order_by("-id")


def progress_of(subject: Import) -> Progress:
    """How far an import is."""
    status = Status(subject.status)
    told = subject.progress
    return Progress(status, told.get("phase", ""), told.get("done", 0), told.get("total", 0), status in _AT_WORK)


def request_check(subject: Import) -> None:
    """Have the dry run done in the background."""
    _refuse_if(subject, _AT_WORK, _("The import is under way."))
    _refuse_if(subject, (Status.DONE, Status.UNDONE), _("This import has ended. Repeat it to import its files again."))
    note(subject, status=Status.CHECKING, progress={}, problem="")
    jobs.check_import.defer(import_id=str(subject.pk))


def request_run(subject: Import) -> None:
    """Have a checked import run in the background, or a stopped or failed one go on."""
    if subject.status not in (Status.CHECKED, Status.CANCELLED, Status.FAILED, Status.RUNNING):
        raise Problem(_("Only a checked import can be run. Check it first."))
    note(subject, status=Status.RUNNING, stop_asked=False, problem="")
    jobs.run_import.defer(import_id=str(subject.pk))


def request_stop(subject: Import) -> None:
    """Have a running import stop after the chunk under way; what is written stays and can be undone or gone on with."""
    if subject.status != Status.RUNNING:
        raise Problem(_("The import isn't running."))
    note(subject, stop_asked=True)


def request_undo(subject: Import) -> None:
    """Have everything the import wrote taken back in the background."""
    if subject.status not in (Status.DONE, Status.CANCELLED, Status.FAILED):
        raise Problem(_("Only an import that has ended can be undone. Stop it first."))
    note(subject, status=Status.UNDOING, progress={}, problem="")
    jobs.undo_import.defer(import_id=str(subject.pk))


def repeat(subject: Import) -> Import:
    """A new import of the same files, mapped the same way."""
    again = Import.prepare(name=subject.name, started_by_id=current_actor().user_id)
    shutil.copytree(subject.folder, again.folder)
    for file in subject.files.all():
        file.pk, file.part_of = None, again
        file.rows_read = file.rows_done = file.links_done = 0
        file.counts = {}
        file._state.adding = True
        file.save()
    set_options(again, dict(subject.options))
    return again


def discard(subject: Import) -> None:
    """Drop an import that wrote nothing, with its files."""
    if subject.started_at is not None:
        raise Problem(_("This import wrote records. Undo it instead."))
    drop(subject)


def _refuse_if(subject: Import, statuses: tuple[Status, ...], reason: str) -> None:
    if subject.status in statuses:
        raise Problem(reason)


def file_of(subject: Import, file_id: int) -> ImportFile:
    """A file of an import; raises `Problem` when it has no such file."""
    found = subject.files.filter(pk=file_id).first()
    if found is None:
        raise Problem(_("This import has no such file."))
    return found
