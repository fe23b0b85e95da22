"""Writing a chunk of staged rows: records, what is written beside them, and where each came from."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.utils.translation import gettext as _

from rapport.core.bulk import change_many, create_many, stored_rows
from rapport.core.snapshots import decode
from rapport.integrations.importing.checking.completing import column_of
from rapport.integrations.importing.checking.matching import differing
from rapport.integrations.importing.choices import Choice
from rapport.integrations.importing.kinds import Values
from rapport.integrations.importing.parts import ABOUT
from rapport.integrations.importing.targets import Importable, importable
from rapport.integrations.models import Action, Decision, DecisionKind, Import, ImportFile, StagedRow


def write_rows(subject: Import, file: ImportFile, rows: Sequence[StagedRow]) -> None:
    """Write the rows that create or change something, and bind all known ones to their records."""
    target = importable(file.record_type)
    decisions = _decisions(rows)
    for row in rows:
        _apply_decisions(target, row, decisions)
        _apply_links(target, file, row, last=rows[-1].line)
    _create(target, [row for row in rows if row.action == Action.CREATE])
    _change(target, [row for row in rows if row.action == Action.CHANGE])
    _bind(subject, file, [row for row in rows if row.action not in (Action.REJECT, Action.SKIP)])


def _decisions(rows: Iterable[StagedRow]) -> dict[int, Decision]:
    numbers = {waits[0] for row in rows for waits in (row.waits or {}).values()}
    return Decision.objects.in_bulk(list(numbers)) if numbers else {}


def _apply_decisions(target: Importable, row: StagedRow, decisions: Mapping[int, Decision]) -> None:
    """Fill the fields that waited, or keep their text aside."""
    for name, (number, text) in (row.waits or {}).items():
        decision = decisions[number]
        value = _decided(decision)
        if value is None:
            row.kept = {**(row.kept or {}), str(target.fields[name].label): text}
        else:
            row.values = {**(row.values or {}), column_of(target, name): value}


def _decided(decision: Decision) -> Any:
    """What a decision stores in the field; None leaves it as it is."""
    if decision.choice == Choice.SUGGESTED:
        return decision.takes
    if decision.choice == Choice.CREATE:
        return str(decision.new_id) if decision.kind == DecisionKind.LINK else decision.value
    return None


def _apply_links(target: Importable, file: ImportFile, row: StagedRow, *, last: int) -> None:
    """Set links to rows that are written already or with this chunk; the others wait for the end."""
    for name, (record_id, file_id, line) in (row.later or {}).items():
        if file_id == file.pk and line <= last:
            row.values = {**(row.values or {}), column_of(target, name): record_id}


def _create(target: Importable, rows: Sequence[StagedRow]) -> None:
    complete = [{**columns_to_write(target, row.values or {}), "id": row.record_id} for row in rows]
    if complete:
        create_many(target.model, complete)


def _change(target: Importable, rows: Sequence[StagedRow]) -> None:
    """Change what differs; a row whose record is gone since the check is rejected, one that changes nothing says so."""
    stored = stored_rows(target.model, [row.record_id for row in rows if row.record_id]) if rows else {}
    changes: dict[UUID, Values] = {}
    for row in rows:
        before = stored.get(row.record_id) if row.record_id else None
        if before is None or row.record_id is None:
            _settle(row, Action.REJECT, _("The record was deleted since the check. Check the import again."))
            continue
        wanted = differing(target.model, columns_to_write(target, row.values or {}), before)
        if wanted:
            changes[row.record_id] = decode(target.model, wanted)
        elif not row.later:
            _settle(row, Action.UNCHANGED, "")
    if changes:
        change_many(target.model, changes)


def columns_to_write(target: Importable, values: Mapping[str, Any]) -> Values:
    """The columns of a staged row as Python values; records it is about are gathered into `about`."""
    columns = {name: value for name, value in values.items() if not name.startswith("~")}
    about = [{"type": name[len(ABOUT) :], "id": value} for name, value in values.items() if name.startswith(ABOUT)]
    if about:
        columns["about"] = [*columns.get("about", []), *about]
    return decode(target.model, columns)


def _settle(row: StagedRow, action: Action, reason: str) -> None:
    row.action, row.reason = action, reason
    row.save(update_fields=["action", "reason"])


def _bind(subject: Import, file: ImportFile, rows: Sequence[StagedRow]) -> None:
    """Remember which record each row became, and what of it has no place in the record."""
    with connection.cursor() as cursor:
        cursor.execute(
            _BIND,
            [
                *(str(subject.options.get("system", "")), file.record_type, subject.pk, file.pk),
                [row.key for row in rows],
                [row.record_id for row in rows],
                [row.line for row in rows],
                [row.fingerprint for row in rows],
                [orjson.dumps(row.kept or {}).decode() for row in rows],
            ],
        )


_BIND = """
INSERT INTO integrations_externallink
    (system, record_type, brought_by_id, file_id, key, record_id, line, fingerprint, extra)
SELECT %s, %s, %s, %s, key, record_id, line, fingerprint, extra
FROM unnest(%s::text[], %s::uuid[], %s::int[], %s::text[], %s::jsonb[]) AS new(key, record_id, line, fingerprint, extra)
ON CONFLICT (record_type, system, key) DO UPDATE
SET brought_by_id = excluded.brought_by_id, file_id = excluded.file_id, record_id = excluded.record_id,
    line = excluded.line, fingerprint = excluded.fingerprint, extra = excluded.extra
"""
