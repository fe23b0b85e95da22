"""Writing a chunk of staged rows: records, what is written beside them, and where each came from."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.core.bulk import change_many, create_many, stored_rows
from rapport.core.snapshots import decode
from rapport.governance.own.columns import as_stored
from rapport.integrations.importing.checking.completing import column_of
from rapport.integrations.importing.checking.matching import differing
from rapport.integrations.importing.choices import Choice
from rapport.integrations.importing.kinds import Values
from rapport.integrations.importing.parts import ABOUT
from rapport.integrations.importing.running.bonds import bind
from rapport.integrations.importing.running.rights import unchangeable
from rapport.integrations.importing.running.staged import Staged
from rapport.integrations.importing.targets import Importable, importable
from rapport.integrations.models import Action, Decision, DecisionKind, Import, ImportFile


def write_rows(subject: Import, file: ImportFile, rows: Sequence[Staged]) -> None:
    """Write the rows that create or change something, and bind all known ones to their records."""
    target = importable(file.record_type)
    decisions = _decisions(rows)
    for row in rows:
        _apply_decisions(target, row, decisions)
        _apply_links(target, file, row, last=rows[-1].line)
    _create(target, [row for row in rows if row.action == Action.CREATE])
    _change(target, [row for row in rows if row.action == Action.CHANGE])
    bind(subject, file, [row for row in rows if row.action not in (Action.REJECT, Action.SKIP)])


def _decisions(rows: Iterable[Staged]) -> dict[int, Decision]:
    numbers = {waits[0] for row in rows for waits in row.waits.values()}
    return Decision.objects.in_bulk(list(numbers)) if numbers else {}


def _apply_decisions(target: Importable, row: Staged, decisions: Mapping[int, Decision]) -> None:
    """Fill the fields that waited, or keep their text aside."""
    for name, (number, text) in row.waits.items():
        decision = decisions[number]
        value = _decided(decision)
        if value is None:
            row.kept[str(target.fields[name].label)] = text
        else:
            row.values[column_of(target, name)] = value


def _decided(decision: Decision) -> Any:
    """What a decision stores in the field; None leaves it as it is."""
    if decision.choice == Choice.SUGGESTED:
        return decision.takes
    if decision.choice == Choice.CREATE:
        return str(decision.new_id) if decision.kind == DecisionKind.LINK else decision.value
    return None


def _apply_links(target: Importable, file: ImportFile, row: Staged, *, last: int) -> None:
    """Set links to rows that are written already or with this chunk; the others wait for the end."""
    for name, (record_id, file_id, line) in row.later.items():
        if file_id == file.pk and line <= last:
            row.values[column_of(target, name)] = record_id


def _create(target: Importable, rows: Sequence[Staged]) -> None:
    complete = [{**columns_to_write(target, row.values), "id": row.record_id} for row in rows]
    if complete:
        create_many(target.model, complete)


def _change(target: Importable, rows: Sequence[Staged]) -> None:
    """Change what differs; a row whose record is gone since the check is rejected, one that changes nothing says so."""
    asked = [row.record_id for row in rows if row.record_id]
    stored = stored_rows(target.model, asked) if rows else {}
    refused = unchangeable(target.model, stored.keys())
    changes: dict[UUID, Values] = {}
    for row in rows:
        before = stored.get(row.record_id) if row.record_id else None
        if before is None or row.record_id is None:
            row.settle(Action.REJECT, _("The record was deleted since the check. Check the import again."))
            continue
        if row.record_id in refused:
            row.settle(Action.REJECT, _("You may see this record but not change it. Ask its owner."))
            continue
        wanted = differing(target.model, columns_to_write(target, row.values), before)
        if wanted:
            changes[row.record_id] = decode(target.model, wanted)
        elif not row.later:
            row.settle(Action.UNCHANGED, "")
    if changes:
        target.model.follow_changes(stored, changes)
        change_many(target.model, changes)


def columns_to_write(target: Importable, values: Mapping[str, Any]) -> Values:
    """The columns of a staged row as Python values; records it is about are gathered into `about`."""
    if about := [
        {"type": name[len(ABOUT) :], "id": value}
        for name, value in values.items()
        if name[0] == "~" and name.startswith(ABOUT)
    ]:
        values = {**values, "about": [*values.get("about", []), *about]}
    return decode(target.model, as_stored(target.model, values))
