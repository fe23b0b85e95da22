"""Undo of a whole import: all its events, newest first, and the bonds of the records that are gone."""

from django.utils.translation import gettext as _

from rapport.core.clock import now
from rapport.core.events import Event
from rapport.core.merging.merger import Merger
from rapport.core.problems import Problem
from rapport.core.undo import Conflict, undo_batch
from rapport.integrations.importing.progress import note, set_progress
from rapport.integrations.importing.running.run import alone
from rapport.integrations.models import ExternalLink, Import, ImportFile, Status

_CAN_BE_UNDONE = (Status.DONE, Status.CANCELLED, Status.FAILED, Status.UNDOING)


def undo(subject: Import) -> None:
    """Take back what the import wrote; can be called again after a crash and goes on."""
    with alone(subject) as is_alone:
        if not is_alone:
            return
        subject.refresh_from_db()
        if subject.status not in _CAN_BE_UNDONE:
            raise Problem(_("Only an import that has ended can be undone. Stop it first."))
        note(subject, status=Status.UNDOING, problem="")
        undo_batch(subject.pk, progress=lambda done, total: set_progress(subject, "undoing", done, total))
        _forget_bonds(subject)
        note(subject, status=Status.UNDONE, finished_at=now())


def left_alone(subject: Import) -> tuple[Conflict, ...]:
    """What undoing the import left as it is."""
    undone = Event.objects.filter(undoes__batch=subject.pk).order_by("id").values_list("detail", flat=True)
    return tuple(Conflict.from_stored(kept) for detail in undone for kept in detail.get("conflicts", ()))


def _forget_bonds(subject: Import) -> None:
    """Bonds to records that the undo removed lead nowhere; those to records that stayed are kept."""
    from rapport.core.records import RECORD_TYPES

    for record_type in set(ImportFile.objects.filter(part_of=subject).values_list("record_type", flat=True)):
        if record_type:
            there = RECORD_TYPES[record_type]._base_manager.values("pk")
            merged = Merger._base_manager.values("gone_id")
            bonds = ExternalLink.objects.filter(brought_by=subject, record_type=record_type)
            gone = bonds.exclude(record_id__in=there).exclude(record_id__in=merged)
            gone._raw_delete(gone.db)
