"""Rows that would become new records though they are probably on record already, or twice among the rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from rapport.core.actors import current_actor
from rapport.core.records import RECORD_TYPES
from rapport.directory.models import Organisation
from rapport.integrations.models import Action, Import, ImportFile, StagedRow
from rapport.quality.duplicates.running import newest_search
from rapport.quality.duplicates.searching import Found, find_like
from rapport.quality.duplicates.tables import COMPARED, Row, row_of
from rapport.quality.models import SearchState

_MOST_ROWS = 10_000  # about a second, so that large imports stay fast; the page says how many were looked at
_AT_ONCE = 2_000
_MOST_RECORDS = 500_000
_SHOWN = 200


@dataclass(frozen=True)
class _Created:
    """Rows that would be created: by the id each would get, its line and what of it is compared."""

    lines: Mapping[UUID, int]
    compared: Sequence[Row]


def note_doubles(subject: Import, files: Sequence[ImportFile]) -> None:
    """Look at the rows of each file that would be created, and keep how many look like a record, and which."""
    looked_at, count = 0, 0
    shown: list[dict[str, Any]] = []
    for file in files:
        rows = _created(file) if file.record_type in COMPARED else None
        if rows is None or not rows.lines or RECORD_TYPES[file.record_type]._base_manager.count() > _MOST_RECORDS:
            continue
        notes = list(_notes(file, rows))
        looked_at, count = looked_at + len(rows.lines), count + len({note["line"] for note in notes})
        shown += _named(file, notes[: _SHOWN - len(shown)])
    subject.doubles = {"looked_at": looked_at, "count": count, "shown": shown}
    Import._base_manager.filter(pk=subject.pk).update(doubles=subject.doubles)


def _named(file: ImportFile, notes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The notes that are shown, with the names of their rows."""
    rows = StagedRow.objects.filter(file=file, action=Action.CREATE, line__in=[note["line"] for note in notes])
    title_of = RECORD_TYPES[file.record_type].title_of
    titles = {line: title_of(values or {}) for line, values in rows.values_list("line", "values")}
    return [{**note, "row": titles.get(note["line"], "")} for note in notes]


def _created(file: ImportFile) -> _Created:
    rows = StagedRow.objects.filter(file=file, action=Action.CREATE, record_id__isnull=False).order_by("position")
    told = rows.values_list("record_id", "line", "values")[:_MOST_ROWS].iterator(chunk_size=_AT_ONCE)
    lines: dict[UUID, int] = {}
    compared: list[Row] = []
    while some := [row for row in islice(told, _AT_ONCE) if row[0] not in lines]:
        lines |= {key: line for key, line, _values in some if key is not None}
        compared += _compared(file, [values or {} for _key, _line, values in some])
    return _Created(lines, compared)


def _compared(file: ImportFile, rows: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
    names = _organisations(file, rows)
    for values in rows:
        organisation = names.get(str(values.get("organisation_id")), "")
        yield row_of(file.record_type, {**values, "organisation__name": organisation})


def _notes(file: ImportFile, rows: _Created) -> Iterator[dict[str, Any]]:
    """The probable pairs of which the newer one is a row, the likeliest first, as far as the actor sees the other."""
    record_type = file.record_type
    last = newest_search(record_type, state=SearchState.DONE)
    found = find_like(record_type, list(rows.lines), rows.compared, learned=last.learned if last else {})
    stored = [one.left for one in found if one.left not in rows.lines]
    seen = RECORD_TYPES[record_type].objects.visible_to(current_actor()).in_bulk(stored)
    for one in sorted(found, key=lambda one: -one.probability):
        if one.right in rows.lines and (one.left in rows.lines or one.left in seen):
            yield _note(file, rows.lines, one, title=seen[one.left].title if one.left in seen else "")


def _note(file: ImportFile, lines: Mapping[UUID, int], found: Found, *, title: str) -> dict[str, Any]:
    return {
        "file": file.name,
        "record_type": file.record_type,
        "line": lines[found.right],
        "row": "",
        "record": str(found.left) if title else "",
        "title": title,
        "other_line": None if title else lines[found.left],
        "probability": round(found.probability, 4),
        "evidence": found.evidence,
    }


def _organisations(file: ImportFile, rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The names of the organisations that the rows link to, on record or in this import."""
    ids = {str(values["organisation_id"]) for values in rows if values.get("organisation_id")}
    new = StagedRow.objects.filter(
        file__part_of=file.part_of_id, file__record_type="organisation", action=Action.CREATE, record_id__in=ids
    )
    named = {str(key): str((values or {}).get("name", "")) for key, values in new.values_list("record_id", "values")}
    return named | {str(key): name for key, name in Organisation.objects.filter(pk__in=ids).values_list("pk", "name")}
