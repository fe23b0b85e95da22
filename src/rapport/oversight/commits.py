"""The barrier between pulling the switch and its answer: what machines are committing at that moment ends first.

Each transaction in which a machine wrote takes a lock at its commit, shared, and then reads the switch (a trigger does,
see the migrations). Who pulled waits for the same lock alone: after that no commit is under way that had not seen it.
Advisory locks, because those who wait for them stand in a queue; behind a row lock new sharers would pass by.
"""

import structlog
from django.db import OperationalError, connection, transaction

COMMIT_LOCK = 7_240_101
_PATIENCE = "2s"
_log = structlog.get_logger("rapport.oversight")

_END_HOLDERS = """
SELECT pg_terminate_backend(pid) FROM pg_locks
 WHERE locktype = 'advisory' AND classid = 0 AND objid = %s AND granted AND pid <> pg_backend_pid()
   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def wait_for_commits() -> None:
    """Return when no machine is committing; whoever keeps its transaction open over two seconds is cut off."""
    try:
        _pass()
    except OperationalError:
        _log.warning("machine_cut_off")
        with connection.cursor() as cursor:
            cursor.execute(_END_HOLDERS, [COMMIT_LOCK])
        _pass()


def _pass() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [COMMIT_LOCK])
