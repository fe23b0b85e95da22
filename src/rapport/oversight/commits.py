"""The barrier between pulling the switch and its answer: what machines are committing at that moment ends first.

Each transaction in which a machine wrote takes a lock at its commit, shared, and then reads the switch (a trigger does,
see the migrations). Who pulled waits for the same lock alone: after that no commit is under way that had not seen it.
Advisory locks, because those who wait for them stand in a queue; behind a row lock new sharers would pass by.
"""

from django.db import connection

from .barrier import WAIT_FOR_COMMITS


def wait_for_commits() -> None:
    """Return when no machine is committing; whoever holds its commit for over a second is cut off."""
    with connection.cursor() as cursor:
        cursor.execute(WAIT_FOR_COMMITS)
