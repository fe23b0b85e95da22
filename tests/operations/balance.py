"""Compares what the product confirmed with what its database holds."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg

from rapport.core.embedded_postgres import DATABASE_NAME, EmbeddedPostgres
from tests.operations.load import Firm, Ledger


def rows(home: Path, sql: str) -> list[tuple[Any, ...]]:
    """What the database of a home folder answers."""
    server = EmbeddedPostgres(home / "database")
    with psycopg.connect(host=str(server.socket_folder), user=server.superuser, dbname=DATABASE_NAME) as connection:
        return connection.execute(sql).fetchall()  # type: ignore[call-overload, no-any-return]


def check_writes(home: Path, ledgers: Iterable[Ledger]) -> None:
    """Every confirmed write is there, once and whole; what wasn't confirmed is there once and whole, or not at all."""
    confirmed: dict[str, Firm] = {}
    unknown: set[str] = set()
    for ledger in ledgers:
        assert ledger.surprises == []
        confirmed |= ledger.confirmed
        unknown |= ledger.unknown
    stored = rows(home, "SELECT name, employees FROM directory_organisation WHERE name LIKE 'Firm %'")
    counted = Counter(name for name, _employees in stored)
    assert {name for name, count in counted.items() if count > 1} == set(), "doubled"
    assert confirmed.keys() - counted.keys() == set(), "lost"
    assert counted.keys() - confirmed.keys() <= unknown, "from nowhere"
    for name, employees in stored:
        firm = confirmed.get(name)
        assert firm is None or employees in {firm.confirmed, *firm.tried}, f"{name}: {employees}, not {firm}"


def check_wholeness(home: Path) -> None:
    """Each organisation has its event, each event its change, each record its entry in the search."""
    halves = rows(
        home,
        """
        SELECT 'record without event', o.name FROM directory_organisation o
         WHERE (SELECT count(*) FROM core_change c JOIN core_event e ON e.id = c.event_id
                 WHERE c.record_id = o.id AND c.operation = 'create') <> 1
        UNION ALL
        SELECT 'event without change', e.id::text FROM core_event e
         WHERE e.verb IN ('organisation.create', 'organisation.change')
           AND NOT EXISTS (SELECT FROM core_change c WHERE c.event_id = e.id)
        UNION ALL
        SELECT 'record not searchable', o.name FROM directory_organisation o
         WHERE (SELECT count(*) FROM core_searchentry s WHERE s.record_id = o.id) <> 1
        UNION ALL
        SELECT 'other value than history', o.name FROM directory_organisation o
         WHERE o.employees IS DISTINCT FROM (
               SELECT (c.after ->> 'employees')::int FROM core_change c
                WHERE c.record_id = o.id AND c.after ? 'employees' ORDER BY c.event_id DESC LIMIT 1)
        """,
    )
    assert halves == []
