"""Staged rows as the run reads them: plain objects, since a model's own would take as long as writing the record."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from rapport.integrations.models import Action, StagedRow

_COLUMNS = "position, line, action, record_id, key, fingerprint, values::text, waits::text, later::text, kept::text"
_NEXT = f"SELECT {_COLUMNS} FROM integrations_stagedrow WHERE file_id = %s AND position > %s"  # noqa: S608
_ORDERED = " ORDER BY position LIMIT %s"


@dataclass(slots=True)
class Staged:
    """A row to be written; see `StagedRow`."""

    file_id: int
    position: int
    line: int
    action: str
    record_id: UUID | None
    key: str
    fingerprint: str
    values: dict[str, Any]
    waits: dict[str, Any]
    later: dict[str, Any]
    kept: dict[str, Any]

    def settle(self, action: Action, reason: str) -> None:
        """Note that something else became of the row than the check foresaw."""
        self.action = action.value
        StagedRow.objects.filter(file=self.file_id, position=self.position).update(action=action, reason=reason)


def next_rows(file_id: int, *, after: int, limit: int, linking: bool) -> list[Staged]:
    """The next rows of a file, all of them or only those that link ahead."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT + (" AND later IS NOT NULL" if linking else "") + _ORDERED, [file_id, after, limit])
        return list(_staged(file_id, cursor.fetchall()))


def _staged(file_id: int, rows: list[tuple[Any, ...]]) -> Iterator[Staged]:
    for row in rows:
        yield Staged(file_id, *row[:6], *(orjson.loads(text) if text else {} for text in row[6:]))
