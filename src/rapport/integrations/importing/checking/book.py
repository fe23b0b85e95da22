"""The book of what people must know or decide: one entry per value, however many rows have it."""

import dataclasses
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection

from rapport.core.identifiers import uuid7
from rapport.integrations.importing.similarity import comparable
from rapport.integrations.models import DecisionKind, Import

_SHOWN_LINES = 20


@dataclasses.dataclass(slots=True)
class Entry:
    """One value of one field; see `Decision`."""

    file_id: int
    field: str
    kind: DecisionKind
    value: str
    reason: str = ""
    suggestion: str = ""
    takes: str = ""
    similarity: float | None = None
    link_to: str = ""
    can_create: bool = False
    mandatory: bool = False
    lines: list[int] = dataclasses.field(default_factory=list)
    rows: int = 0

    @property
    def scope(self) -> str:
        """Within what the value is the same one: links to the same type, else the field of the file."""
        if self.kind is DecisionKind.LINK:
            return f"link:{self.link_to}"
        return f"{self.file_id}:{self.field}:{self.kind.value}"[:160]

    @property
    def key(self) -> str:
        """What makes it the same value."""
        if self.kind is DecisionKind.SAME:
            return f"{self.value}→{self.suggestion or self.reason}"[:300]
        return comparable(self.value)[:300]


class Book:
    """Gathers entries while a chunk is checked, then writes them all at once."""

    def __init__(self, subject: Import) -> None:
        self._subject = subject
        self._entries: dict[tuple[str, str], Entry] = {}
        self._numbers: dict[tuple[str, str], int] = {}

    def note(self, entry: Entry, *, line: int) -> tuple[str, str]:
        """Count a row for a value; returns what `number` finds it by after `write`."""
        address = (entry.scope, entry.key)
        known = self._entries.setdefault(address, entry)
        known.rows += 1
        if len(known.lines) < _SHOWN_LINES:
            known.lines.append(line)
        return address

    def write(self) -> None:
        """Store what was noted since the last time, adding to what is there."""
        entries = list(self._entries.values())
        self._entries = {}
        if not entries:
            return
        with connection.cursor() as cursor:
            cursor.execute(_UPSERT, _columns(self._subject.pk, entries))
            self._numbers = {(scope, key): number for number, scope, key in cursor.fetchall()}

    def number(self, address: tuple[str, str]) -> int:
        """The decision an entry became with the last `write`."""
        return self._numbers[address]


_UPSERT = """
INSERT INTO integrations_decision AS old
    (part_of_id, file_id, field, kind, scope, key, value, rows, lines, suggestion, takes, similarity, reason, choice,
     link_to, new_id, mandatory, made)
SELECT %s, file_id, field, kind, scope, key, value, rows, lines, suggestion, takes, similarity, reason, '',
       link_to, new_id, mandatory, false
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::int[], %s::jsonb[],
            %s::text[], %s::text[], %s::float[], %s::text[], %s::text[], %s::uuid[], %s::bool[])
     AS new(file_id, field, kind, scope, key, value, rows, lines, suggestion, takes, similarity, reason, link_to,
            new_id, mandatory)
ON CONFLICT (part_of_id, scope, key) DO UPDATE
SET rows = old.rows + excluded.rows,
    mandatory = old.mandatory OR excluded.mandatory,
    lines = CASE WHEN jsonb_array_length(old.lines) < 20 AND old.file_id = excluded.file_id
                 THEN old.lines || excluded.lines ELSE old.lines END
RETURNING id, scope, key
"""


def _columns(part_of: UUID, entries: Iterable[Entry]) -> list[Any]:
    rows = [
        (
            entry.file_id,
            entry.field,
            entry.kind.value,
            entry.scope,
            entry.key,
            entry.value[:300],
            entry.rows,
            str(entry.lines),
            entry.suggestion[:300],
            entry.takes[:300],
            entry.similarity,
            entry.reason,
            entry.link_to,
            uuid7() if entry.can_create else None,
            entry.mandatory,
        )
        for entry in entries
    ]
    return [part_of, *(list(column) for column in zip(*rows, strict=True))]
