"""Rows that would become new records though they are probably on record already, or twice among the rows."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from rapport.core.actors import current_actor
from rapport.core.records import RECORD_TYPES
from rapport.directory.models import Organisation
from rapport.integrations.models import Action, Import, ImportFile, StagedRow
from rapport.quality.duplicates.running import newest_search
from rapport.quality.duplicates.searching import Found, find_like
from rapport.quality.duplicates.tables import COMPARED, row_of
from rapport.quality.models import SearchState

_MOST_ROWS = 3_000
_MOST_RECORDS = 500_000
_SHOWN = 200

_Rows = Mapping[UUID, tuple[int, dict[str, Any]]]


def note_doubles(subject: Import, files: Sequence[ImportFile]) -> None:
    """Look at the first rows of each file that would be created, and keep how many look like a record, and which."""
    looked_at, count = 0, 0
    shown: list[dict[str, Any]] = []
    for file in files:
        rows = _created(file) if file.record_type in COMPARED else {}
        if not rows or RECORD_TYPES[file.record_type]._base_manager.count() > _MOST_RECORDS:
            continue
        notes = list(_notes(file, rows))
        looked_at, count = looked_at + len(rows), count + len({note["line"] for note in notes})
        shown += notes[: _SHOWN - len(shown)]
    subject.doubles = {"looked_at": looked_at, "count": count, "shown": shown}
    Import._base_manager.filter(pk=subject.pk).update(doubles=subject.doubles)


def _created(file: ImportFile) -> _Rows:
    rows = StagedRow.objects.filter(file=file, action=Action.CREATE).order_by("position")[:_MOST_ROWS]
    told = rows.values_list("record_id", "line", "values")
    return {key: (line, values or {}) for key, line, values in told if key is not None}


def _notes(file: ImportFile, rows: _Rows) -> Iterator[dict[str, Any]]:
    """The probable pairs of which the newer one is a row, the likeliest first, as far as the actor sees the other."""
    record_type = file.record_type
    names = _organisations(file, rows)
    compared = [
        row_of(record_type, {**values, "organisation__name": names.get(str(values.get("organisation_id")), "")})
        for _line, values in rows.values()
    ]
    last = newest_search(record_type, state=SearchState.DONE)
    found = find_like(record_type, list(rows), compared, learned=last.learned if last else {})
    stored = [one.left for one in found if one.left not in rows]
    seen = RECORD_TYPES[record_type].objects.visible_to(current_actor()).in_bulk(stored)
    for one in sorted(found, key=lambda one: -one.probability):
        if one.right in rows and (one.left in rows or one.left in seen):
            yield _note(file, rows, one, title=seen[one.left].title if one.left in seen else "")


def _note(file: ImportFile, rows: _Rows, found: Found, *, title: str) -> dict[str, Any]:
    line, values = rows[found.right]
    return {
        "file": file.name,
        "record_type": file.record_type,
        "line": line,
        "row": RECORD_TYPES[file.record_type].title_of(values),
        "record": str(found.left) if title else "",
        "title": title,
        "other_line": None if title else rows[found.left][0],
        "probability": round(found.probability, 4),
        "evidence": found.evidence,
    }


def _organisations(file: ImportFile, rows: _Rows) -> dict[str, str]:
    """The names of the organisations that the rows link to, on record or in this import."""
    ids = {str(values["organisation_id"]) for _line, values in rows.values() if values.get("organisation_id")}
    new = StagedRow.objects.filter(
        file__part_of=file.part_of_id, file__record_type="organisation", action=Action.CREATE, record_id__in=ids
    )
    named = {str(key): str((values or {}).get("name", "")) for key, values in new.values_list("record_id", "values")}
    return named | {str(key): name for key, name in Organisation.objects.filter(pk__in=ids).values_list("pk", "name")}
