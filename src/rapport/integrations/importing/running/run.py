"""Running a checked import to its end, or until it is stopped; each call goes on where the last one was."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DataError, IntegrityError, connection
from django.utils.translation import gettext as _

from rapport.core.clock import now
from rapport.core.events import batch
from rapport.core.job_retries import getting_on
from rapport.core.problems import Problem
from rapport.integrations.importing.progress import note, set_progress
from rapport.integrations.importing.running.rights import with_rights_of_now
from rapport.integrations.importing.running.settle import settle
from rapport.integrations.models import Action, Import, ImportFile, StagedRow, Status

CHUNK = 2_000
PATIENCE = 60.0  # seconds for a dead worker's last statement to end
_GROWTH = 4


def run(subject: Import, *, chunk: int = CHUNK) -> None:
    """Write chunk by chunk until all is written or somebody asks to stop. Only one process at a time runs an import."""
    with alone(subject) as is_alone:
        if not is_alone:
            return
        subject.refresh_from_db()
        if subject.status in (Status.DONE, Status.UNDOING, Status.UNDONE):
            return
        if not subject.offers_made:
            settle(subject)
        note(subject, status=Status.RUNNING, started_at=subject.started_at or now(), problem="")
        with batch(subject.pk):
            _write_all(subject, chunk=chunk)


@contextmanager
def alone(subject: Import, *, patience: float | None = None) -> Iterator[bool]:
    """Whether no other process works on this import; the lock ends with the process, however it ends.

    The database notices only at the end of a statement that the worker is dead which sent it, so we wait a while:
    whoever gives up at once leaves an import that nobody works on.
    """
    number = subject.pk.int & 0x7FFF_FFFF_FFFF_FFFF
    taken = _taken(number, patience=PATIENCE if patience is None else patience)
    try:
        yield taken
    finally:
        if taken:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


def _taken(number: int, *, patience: float) -> bool:
    """Whether the lock could be had before our patience ended."""
    end = time.monotonic() + patience
    while True:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
            if cursor.fetchone() == (True,):
                return True
        if time.monotonic() >= end:
            return False
        time.sleep(0.5)


def _write_all(subject: Import, *, chunk: int) -> None:
    limit = chunk
    total = sum(subject.files.values_list("rows_read", flat=True))
    while True:
        subject.refresh_from_db(fields=["stop_asked"])
        if subject.stop_asked:
            note(subject, status=Status.CANCELLED, finished_at=now())
            return
        try:
            with with_rights_of_now(subject):
                written = subject.bring_in(limit=limit)
        except (IntegrityError, DataError) as error:
            limit = _narrow(subject, limit, error)
            continue
        if not written:
            break
        getting_on()
        limit = min(chunk, limit * _GROWTH)
        set_progress(subject, "running", sum(subject.files.values_list("rows_done", flat=True)), total)
    note(subject, status=Status.DONE, finished_at=now())
    set_progress(subject, "done", total, total)


def _narrow(subject: Import, limit: int, error: Exception) -> int:
    """A chunk the database refused is tried in smaller parts, until the row to blame is alone and rejected."""
    if limit > 1:
        return max(1, limit // _GROWTH)
    row = _next_row(subject)
    if row is None:
        raise Problem(
            _("The database refused what the import made besides its rows: %(error)s") % {"error": error}
        ) from error
    row.action, row.reason = Action.REJECT, _("The database refused the row: %(reason)s") % {"reason": _in_words(error)}
    row.save(update_fields=["action", "reason"])
    return limit


def _next_row(subject: Import) -> StagedRow | None:
    """The row the next chunk begins with."""
    if not subject.offers_made:
        return None
    for file in ImportFile.objects.filter(part_of=subject).exclude(record_type=""):
        row = StagedRow.objects.filter(file=file, position__gt=file.rows_done).order_by("position").first()
        if row is not None:
            return row
    return None


def _in_words(error: Exception) -> str:
    text = str(error).strip()
    detail = text.partition("DETAIL:")[2].strip()
    return detail or text.partition("\n")[0]
