"""How long staged rows are kept: those that were used, a day; the others as long as somebody may correct them.

Undo needs none of them (it reads the history), reports only the counts and the rows that were not used. An import that
was checked and then forgotten begins again with its check.
"""

from datetime import timedelta

from django.db.models import Count

from rapport.core.clock import now
from rapport.integrations.importing.progress import note
from rapport.integrations.models import Action, Decision, Import, ImportFile, StagedRow, Status

USED_ROWS_KEPT = timedelta(days=1)
BAD_ROWS_KEPT = timedelta(days=180)
UNUSED_CHECK_KEPT = timedelta(days=30)
_ENDED = (Status.DONE, Status.UNDONE)
_USED = (Action.CREATE, Action.CHANGE, Action.UNCHANGED)


def forget_staged_rows() -> None:
    """Drop what is past its time."""
    ended = ImportFile.objects.filter(part_of__status__in=_ENDED, rows_read__gt=0)
    for file in ended.filter(part_of__finished_at__lt=now() - USED_ROWS_KEPT, counts={}):
        _keep_counts(file)
        _drop(file, actions=_USED)
    for file in ended.filter(part_of__finished_at__lt=now() - BAD_ROWS_KEPT):
        _drop(file, actions=tuple(Action))
    abandoned = Import.objects.filter(status=Status.CHECKED, created_at__lt=now() - UNUSED_CHECK_KEPT)
    for subject in abandoned:
        _forget_check(subject)


def _keep_counts(file: ImportFile) -> None:
    rows = StagedRow.objects.filter(file=file).values_list("action").annotate(number=Count("id")).order_by()
    file.counts = dict(rows)
    file.save(update_fields=["counts"])


def _drop(file: ImportFile, *, actions: tuple[Action, ...]) -> None:
    rows = StagedRow.objects.filter(file=file, action__in=actions)
    rows._raw_delete(rows.db)


def _forget_check(subject: Import) -> None:
    for file in subject.files.all():
        _drop(file, actions=tuple(Action))
        file.rows_read = 0
        file.save(update_fields=["rows_read"])
    Decision.objects.filter(part_of=subject).delete()
    note(subject, status=Status.UPLOADED, progress={})
