"""A limit to how long a list may keep the database busy; past it the reader gets a sentence instead of a wait."""

from collections.abc import Iterator
from contextlib import contextmanager

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
    is_inner = connection.in_atomic_block
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(int(seconds * 1000))])
            yield
            if is_inner:
                _lift()
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
        raise TookTooLong(
            _("This took too long on so many records. Add a filter, or change the one that is slow.")
        ) from error


def _lift() -> None:
    """Inside a wider transaction (a test's) the limit would go on holding."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', '0', true)")
