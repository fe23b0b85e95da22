"""Writing the next chunk of an import: offers first, then the rows of each file, then links among them."""

from collections.abc import Callable, Sequence

from django.db.models import QuerySet

from rapport.core.work import current_work
from rapport.integrations.importing.running.links import write_links
from rapport.integrations.importing.running.offers import make_offers
from rapport.integrations.importing.running.rows import write_rows
from rapport.integrations.importing.running.staged import Staged, next_rows
from rapport.integrations.models import Import, ImportFile

Write = Callable[[Import, ImportFile, Sequence[Staged]], None]


def write_next_chunk(subject: Import, *, limit: int) -> int:
    """Write at most `limit` rows and how far we are; 0 when all is done. Called within a verb, the import locked."""
    if not subject.offers_made:
        made = make_offers(subject, limit=limit)
        if made:
            return made
        _note_import(subject, offers_made=True)
    files = list(ImportFile.objects.filter(part_of=subject).exclude(record_type=""))
    for file in files:
        if written := _next(subject, file, "rows_done", write_rows, limit=limit):
            return written
    for file in files:
        if written := _next(subject, file, "links_done", write_links, limit=limit):
            return written
    return 0


def _next(subject: Import, file: ImportFile, column: str, write: Write, *, limit: int) -> int:
    rows = next_rows(file.pk, after=getattr(file, column), limit=limit, linking=column == "links_done")
    if rows:
        current_work().detail |= {"file": file.name, "lines": [rows[0].line, rows[-1].line]}
        write(subject, file, rows)
        QuerySet(ImportFile).filter(pk=file.pk).update(**{column: rows[-1].position})
    return len(rows)


def _note_import(subject: Import, *, offers_made: bool) -> None:
    subject.offers_made = offers_made
    QuerySet(Import).filter(pk=subject.pk).update(offers_made=offers_made)
