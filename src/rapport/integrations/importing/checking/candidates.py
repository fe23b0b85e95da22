"""Rows on their way through the check."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from django.utils.translation import gettext as _

from rapport.integrations.importing.planning import Draft
from rapport.integrations.importing.reading import Row
from rapport.integrations.models import Action, StagedRow

_SEPARATOR = "\x1f"


@dataclass(slots=True)
class Candidate:
    """A row being checked; what is not known yet is empty. `called` is what its record answers to, once looked up."""

    position: int
    row: Row
    fingerprint: str = ""
    key: str = ""
    action: Action | None = None
    record_id: UUID | None = None
    reason: str = ""
    draft: Draft = field(default_factory=Draft)
    values: dict[str, Any] = field(default_factory=dict)
    waits: dict[str, tuple[int, str]] = field(default_factory=dict)
    later: dict[str, str] = field(default_factory=dict)
    title: str = ""
    called: list[str] | None = None

    @property
    def is_open(self) -> bool:
        """Whether it isn't known yet what becomes of the row."""
        return self.action is None

    def reject(self, reason: str) -> None:
        """The row can't be used."""
        self.action, self.reason = Action.REJECT, reason

    def skip(self, reason: str) -> None:
        """The row needn't be used."""
        self.action, self.reason = Action.SKIP, reason


def candidate(position: int, row: Row, *, seed: str, identifier: int | None) -> Candidate:
    """A row with its fingerprint and key, already settled when it can't be read or is empty.

    `seed` is what the fingerprint depends on besides the cells (type and mapping), `identifier` the index of the
    column with the external id.
    """
    found = Candidate(position, row)
    if row.problem:
        found.reject(_(row.problem) % row.details if row.details else _(row.problem))
        return found
    if not "".join(row.cells).strip():
        found.skip(_("The row is empty."))
        return found
    parts = (seed, *row.cells)
    if row.extra:
        parts += tuple(f"{name}={value}" for name, value in row.extra.items())
    text = _SEPARATOR.join(parts)
    found.fingerprint = hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
    own = row.cells[identifier].strip() if identifier is not None else ""
    found.key = f"id:{own}"[:300] if own else f"row:{found.fingerprint}"
    return found


COLUMNS = (
    *("file_id", "position", "line", "action", "record_id", "values", "waits", "later", "kept", "key"),
    *("fingerprint", "reason", "cells"),
)
TABLE = StagedRow._meta.db_table


def staged(file_id: int, candidates: list[Candidate]) -> Iterator[tuple[object, ...]]:
    """The candidates as rows to copy into the staging table."""
    for item in candidates:
        action = item.action or Action.REJECT
        failed = action in (Action.REJECT, Action.SKIP)
        yield (
            file_id,
            item.position,
            item.row.line,
            action.value,
            item.record_id,
            _json(item.values),
            _json(item.waits),
            _json(item.later),
            _json(item.draft.kept),
            item.key,
            item.fingerprint,
            item.reason,
            _json(shown(item.row)) if failed else None,
        )


def shown(row: Row) -> list[str]:
    """The cells of a row as they can be stored and shown: NUL and broken characters replaced by a visible mark."""
    cells = [*row.cells, *(f"{name}: {value}" for name, value in row.extra.items())]
    return [cell.replace("\x00", "\u2400").encode("utf-8", "replace").decode() for cell in cells]


def _json(value: Mapping[str, Any] | list[str]) -> str | None:
    return orjson.dumps(value).decode() if value else None
