"""What one request costs in the database, counted while it runs."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

_current: ContextVar["Figures | None"] = ContextVar("request_figures", default=None)


@dataclass
class Figures:
    """Statements so far, and the seconds they took."""

    queries: int = 0
    database_seconds: float = 0.0


@contextmanager
def gathered() -> Iterator[Figures]:
    """Within the block, statements are counted."""
    figures = Figures()
    token = _current.set(figures)
    try:
        yield figures
    finally:
        _current.reset(token)


def count_statements() -> None:
    """Has every connection of this process count; called once."""
    connection_created.connect(_attach, dispatch_uid="rapport.figures")
    for connection in connections.all(initialized_only=True):
        _attach(connection)


def _attach(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    if _counted not in connection.execute_wrappers:
        connection.execute_wrappers.append(_counted)


def _counted(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's order
    figures = _current.get()
    if figures is None:
        return execute(sql, params, many, context)
    started = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        figures.queries += 1
        figures.database_seconds += time.perf_counter() - started
