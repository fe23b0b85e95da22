"""Links among the rows of an import that pointed ahead: set when all rows are there."""

from collections.abc import Sequence
from uuid import UUID

from rapport.core.bulk import change_many, stored_rows
from rapport.core.snapshots import decode
from rapport.integrations.importing.checking.completing import column_of
from rapport.integrations.importing.kinds import Values
from rapport.integrations.importing.running.staged import Staged
from rapport.integrations.importing.targets import importable
from rapport.integrations.models import Action, Import, ImportFile


def write_links(_subject: Import, file: ImportFile, rows: Sequence[Staged]) -> None:
    """Set the links of these rows to rows that came after them; links already set stay as they are."""
    target = importable(file.record_type)
    changes: dict[UUID, Values] = {}
    for row in rows:
        if row.record_id is None or row.action in (Action.REJECT, Action.SKIP):
            continue
        links = {column_of(target, name): link[0] for name, link in row.later.items()}
        changes[row.record_id] = decode(target.model, links)
    target.model.follow_changes(stored_rows(target.model, list(changes)), changes)
    change_many(target.model, changes)
