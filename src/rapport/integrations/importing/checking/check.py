"""The dry run of a whole import: its files in the order in which they link to each other."""

from collections.abc import Sequence

from django.db import connection
from django.utils.translation import gettext as _

from rapport.core.actors import current_actor
from rapport.core.problems import Problem
from rapport.governance.dictionary import entries
from rapport.integrations.importing.checking.doubles import note_doubles
from rapport.integrations.importing.checking.file_check import FileCheck, Surroundings, row_reader
from rapport.integrations.importing.checking.later import LaterLinks
from rapport.integrations.importing.checking.repeated import made_so_far, make_again
from rapport.integrations.importing.checking.suggestions import suggest
from rapport.integrations.importing.guessing.order import import_order
from rapport.integrations.importing.known import KnownRecords
from rapport.integrations.importing.progress import set_progress
from rapport.integrations.importing.targets import importable, target_of
from rapport.integrations.models import Decision, Import, ImportFile, StagedRow


def check(subject: Import) -> None:
    """Stage every row of every file, from the beginning; raises `Problem` when the import can't be checked."""
    files = [file for file in subject.files.all() if file.record_type]
    if not files:
        raise Problem(_("Choose what the rows of at least one file are."))
    _check_rights(files)
    made = made_so_far(subject)
    _clear(subject, files)
    known = KnownRecords(subject, system=str(subject.options.get("system", "")))
    ordered = _in_order(files)
    _stage_all(subject, known, ordered)
    for position, file in enumerate(ordered):
        LaterLinks(file, _surroundings(subject, known, ordered, position)).run()
    suggest(subject, known)
    make_again(subject, made)
    note_doubles(subject, ordered)
    known.forget()


def _stage_all(subject: Import, known: KnownRecords, ordered: Sequence[ImportFile]) -> None:
    estimated = sum(file.estimated_rows for file in ordered)
    before = 0
    for position, file in enumerate(ordered):

        def tell(rows: int, before: int = before) -> None:
            set_progress(subject, "checking", before + rows, max(estimated, before + rows))

        FileCheck(file, _surroundings(subject, known, ordered, position)).run(tell)
        before += file.rows_read


def _check_rights(files: Sequence[ImportFile]) -> None:
    actor = current_actor()
    for file in files:
        for action in ("create", "change"):
            if not actor.may(f"{file.record_type}.{action}"):
                raise Problem(
                    _("You may not create or change the records in %(file)s. Ask an administrator.")
                    % {"file": file.name}
                )


def _clear(subject: Import, files: Sequence[ImportFile]) -> None:
    Decision.objects.filter(part_of=subject).delete()
    for file in files:
        rows = StagedRow.objects.filter(file=file)
        rows._raw_delete(rows.db)
        file.rows_read = file.rows_done = file.links_done = 0
        file.save(update_fields=["rows_read", "rows_done", "links_done"])
    KnownRecords(subject, system="").forget()
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {StagedRow._meta.db_table}")


def _in_order(files: Sequence[ImportFile]) -> list[ImportFile]:
    links = {file.record_type: target_of(file.record_type).links for file in files}
    ordered = [files[position] for position in import_order([file.record_type for file in files], links)]
    for position, file in enumerate(ordered):
        file.position = position
        file.save(update_fields=["position"])
    return ordered


def _surroundings(subject: Import, known: KnownRecords, ordered: Sequence[ImportFile], position: int) -> Surroundings:
    linked = {link for file in ordered for link in _linked_by(file)}
    return Surroundings(
        subject,
        known,
        deferred=frozenset(file.record_type for file in ordered[position:]),
        linked=frozenset(linked),
        offered=frozenset(name for name in entries() if can_be_offered(name)),
    )


def can_be_offered(record_type: str) -> bool:
    """Whether the actor may create such a record, and a name is enough for one."""
    target = importable(record_type)
    if not current_actor().may(f"{record_type}.create"):
        return False
    if target.kind.offer is not None:
        return True
    if not target.entry.importable or target.kind.title_field not in target.fields:
        return False
    needed = {field.name for field in target.fields.values() if field.is_mandatory({})}
    return needed <= {target.kind.title_field}


def _linked_by(file: ImportFile) -> frozenset[str]:
    """The record types that the mapped columns of a file link to."""
    return frozenset(item.link_to for item in row_reader(file).links)
