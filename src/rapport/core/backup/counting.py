"""Counting the rows of a restored database, without Django's own connection, which belongs to another one."""

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import sql

from rapport.core.problems import Problem

from .manifest import Manifest


def is_empty(database: Mapping[str, Any]) -> bool:
    """Whether a database has no tables of ours yet."""
    with _connected(database) as connection:
        found = connection.execute("SELECT to_regclass('public.django_migrations')").fetchone()
    return found is None or found[0] is None


def check_counts(database: Mapping[str, Any], manifest: Manifest) -> None:
    """Raise `Problem` naming a table that hasn't the rows it had."""
    with _connected(database) as connection:
        for table, expected in manifest.tables.items():
            counted = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
            if counted is None or counted[0] != expected:
                raise Problem(f"What was restored is not whole: {table} has {counted} rows instead of {expected}.")


def _connected(database: Mapping[str, Any]) -> "psycopg.Connection[Any]":
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return psycopg.connect(**{key: database[name] for key, name in named.items() if database.get(name)})
