"""The condition of this installation, as facts: processes, jobs, disk, database, seal, backup.

The status page, the metrics and the health check all show these.
"""

import json
import os
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.utils import Error

from .clock import now

LAST_BACKUP = "last-backup.json"


@dataclass(frozen=True)
class JobState:
    """The queue: how many jobs are in each state, and for how long the oldest that is due has waited."""

    waiting: int
    running: int
    failed: int
    oldest_waits: timedelta


@dataclass(frozen=True)
class DiskState:
    """The disk that holds all state, in bytes; `problem` says why it can't be written."""

    free: int
    total: int
    problem: str = ""


@dataclass(frozen=True)
class DatabaseState:
    """The database server."""

    version: str
    size: int
    connections: int
    connections_at_most: int


@dataclass(frozen=True)
class SealState:
    """Events that wait to be sealed, and for how long the oldest has waited."""

    waiting: int
    oldest_waits: timedelta


@dataclass(frozen=True)
class Backup:
    """The last backup that was made."""

    at: datetime
    path: str
    size: int


@dataclass(frozen=True)
class SlowStatement:
    """A kind of statement that took much of the database's time; times in milliseconds."""

    text: str
    calls: int
    mean: float


def job_state() -> JobState:
    """What the queue holds."""
    row = _row(
        """
        SELECT count(*) FILTER (WHERE status = 'todo'),
               count(*) FILTER (WHERE status = 'doing'),
               count(*) FILTER (WHERE status = 'failed'),
               extract(epoch FROM now() - min(due) FILTER (WHERE status = 'todo' AND due <= now()))
          FROM (SELECT j.status, coalesce(j.scheduled_at, e.at) AS due
                  FROM procrastinate_jobs j
                  LEFT JOIN LATERAL (SELECT min(at) AS at FROM procrastinate_events WHERE job_id = j.id) e
                    ON j.status = 'todo'
                 WHERE j.status IN ('todo', 'doing', 'failed')) jobs
        """
    )
    return JobState(int(row[0]), int(row[1]), int(row[2]), timedelta(seconds=float(row[3] or 0)))


def disk_state() -> DiskState:
    """Room on the disk of the home folder, and whether a file can be written there."""
    home = Path(settings.HOME)
    usage = shutil.disk_usage(home)
    trial = home / f".trial-{os.getpid()}"
    try:
        trial.write_bytes(bytes(8192))
        problem = ""
    except OSError as error:
        problem = error.strerror or type(error).__name__
    finally:
        _remove(trial)
    return DiskState(usage.free, usage.total, problem)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return


def database_state() -> DatabaseState:
    """Version, size and use of the database server."""
    row = _row(
        """
        SELECT current_setting('server_version'), pg_database_size(current_database()),
               (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
               current_setting('max_connections')
        """
    )
    return DatabaseState(str(row[0]).split()[0], int(row[1]), int(row[2]), int(row[3]))


def slowest_statements(*, limit: int = 5) -> list[SlowStatement]:
    """What took most time, where the server has the extension pg_stat_statements and we may read it."""
    if _row("SELECT to_regclass('pg_stat_statements') IS NULL")[0]:
        return []
    try:
        return _slowest(limit)
    except Error:  # installed, but not loaded by the server, or not for us
        return []


def _slowest(limit: int) -> list[SlowStatement]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT query, calls, mean_exec_time FROM pg_stat_statements
             WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
             ORDER BY total_exec_time DESC LIMIT %s
            """,
            [limit],
        )
        return [SlowStatement(str(text), int(calls), float(mean)) for text, calls, mean in cursor.fetchall()]


def seal_state() -> SealState:
    """How far the seal is behind the writers; a minute or two is normal."""
    row = _row(
        """
        SELECT count(*), extract(epoch FROM now() - (SELECT e.at FROM core_event e WHERE e.id = min(u.event_id)))
          FROM core_unsealedevent u
        """
    )
    return SealState(int(row[0]), timedelta(seconds=max(0.0, float(row[1] or 0))))


def last_backup() -> Backup | None:
    """The last backup made by `./rapport backup` with this home folder; None when there was none."""
    try:
        kept = json.loads((Path(settings.HOME) / LAST_BACKUP).read_text())
        return Backup(datetime.fromisoformat(kept["at"]), str(kept["path"]), int(kept["bytes"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def age_of(backup: Backup) -> timedelta:
    """How old a backup is."""
    return now() - backup.at


def events_so_far() -> int:
    """The number of the newest event: how often anything was done, gaps included."""
    return int(_row("SELECT coalesce(max(id), 0) FROM core_event")[0])


def sessions_open() -> int:
    """How many sign-ons have not expired."""
    return int(_row("SELECT count(*) FROM django_session WHERE expire_date > now()")[0])


def _row(sql: str) -> tuple[float | str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found: tuple[float | str, ...] = cursor.fetchone()
    return found
