"""Writing many findings with few statements."""

from collections.abc import Sequence
from typing import Any

import orjson
from django.db import connection

from rapport.core.copying import copy_rows

from ..models import Finding

_TABLE = Finding._meta.db_table
_NAMES = tuple(str(one.column) for one in Finding._meta.concrete_fields if one.column != "id")
_SET = ("state", "proposal", "confidence", "imprint", "owner_id", "team_id", "at_stake", "found_at", "ended_at")
_TYPES = ("text", "jsonb", "float", "text", "uuid", "uuid", "numeric", "timestamptz", "timestamptz")
_SETS = ", ".join(f"{name} = new.{name}::{kind}" for name, kind in zip(_SET, _TYPES, strict=True))
_UPDATE = (
    f"UPDATE {_TABLE} AS old SET {_SETS}"  # noqa: S608 - names of columns only
    f" FROM unnest(%s::bigint[], {', '.join(['%s::text[]'] * len(_SET))}) AS new(id, {', '.join(_SET)})"
    " WHERE old.id = new.id"
)


def write_new(findings: Sequence[Finding]) -> None:
    """Add findings."""
    if findings:
        copy_rows(_TABLE, _NAMES, ([_stored(one, name) for name in _NAMES] for one in findings))


def write_changed(findings: Sequence[Finding]) -> None:
    """Change findings."""
    if not findings:
        return
    columns = [[_text(one, name) for one in findings] for name in _SET]
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE, [[one.pk for one in findings], *columns])


def _stored(finding: Finding, name: str) -> Any:
    value = getattr(finding, name)
    return orjson.dumps(value).decode() if name == "proposal" and value is not None else value


def _text(finding: Finding, name: str) -> str | None:
    value = _stored(finding, name)
    return None if value is None else str(value)
