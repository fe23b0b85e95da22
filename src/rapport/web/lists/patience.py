"""A limit to how long a list may keep the database busy; past it the reader gets a sentence instead of a wait."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _
from psycopg.errors import QueryCanceled

from rapport.core.problems import Problem

SECONDS = 4


class TookTooLong(Problem):
    """The question was given up."""


@contextmanager
def patience(seconds: float = SECONDS) -> Iterator[None]:
    """Within the block no statement may take longer; raises `TookTooLong`."""
    try:
        with transaction.atomic() if connection.in_atomic_block else nullcontext(), _limit(seconds):
            yield
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
        raise TookTooLong(
            _("This took too long on so many records. Add a filter, or change the one that is slow.")
        ) from error


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    """Within the block the connection has this limit; after it, the one it always has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, false)", [str(int(seconds * 1000))])
    try:
        yield
    except BaseException:
        if not connection.in_atomic_block:  # else what was set goes with all that is rolled back
            _lift()
        raise
    _lift()


def _lift() -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET statement_timeout")
