"""Statements that each connection has planned once: the few that every page asks, and those that find one record.

Planning them took the database three to seven times as long as answering. What is asked in words that differ between
people (see `core.often_asked`) is not prepared where the best way depends on the values: one plan would serve them all.
Where the key of a record leads to the rows, it does not. A connection keeps the hundred plans it used last.
A pooler between Rapport and its database must leave connections alone, as it must for `LISTEN`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections


class _Cursor(psycopg.Cursor[Any]):
    """A cursor that has the database prepare whatever it executes, with the values sent apart."""

    def execute(self, query: Any, params: Any = None, **_options: Any) -> "_Cursor":
        """Execute a statement; the connection knows those it has prepared before."""
        return super().execute(query, params, prepare=True)


def rows_of(sql: str, values: Mapping[str, Any] | Sequence[Any]) -> list[tuple[Any, ...]]:
    """What a statement answers; counted and told of like any other."""
    database: Any = connections[DEFAULT_DB_ALIAS]
    database.ensure_connection()
    with database._prepare_cursor(_Cursor(database.connection)) as cursor:  # noqa: SLF001 - Django's way to count
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
