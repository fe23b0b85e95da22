"""Making a backup while the product runs: the database as it is at one moment, then the files it refers to.

Files are named by their content and deleted only long after nothing refers to them, so those that the moment's database
knows are all still there when they are copied.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from rapport import __version__
from rapport.core.clock import now
from rapport.core.problems import Problem

from . import container, postgres
from .contents import state_files
from .manifest import DUMP, HOME, Manifest

SUFFIX = ".rapport-backup"
LAST = "last-backup.json"
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Made:
    """The fact that a backup was made."""

    at: str
    path: str
    bytes: int
    seconds: float
    sealed: bool


def make_backup(path: Path, *, passphrase: str = "") -> Made:
    """Write a backup to a file that isn't there yet; raises `Problem` when that can't be."""
    begun = time.monotonic()
    if path.exists():
        raise Problem(f"{path} is there already. Choose another name.")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with container.written(path, passphrase=passphrase) as writer:
        described = _add_database(writer)
        for name, file in state_files(Path(settings.HOME)):
            _add_file(writer, name, file)
        writer.close(replace(described, entries=writer.entries))
    made = Made(described.made_at, str(path), path.stat().st_size, round(time.monotonic() - begun, 1), bool(passphrase))
    (Path(settings.HOME) / LAST).write_text(json.dumps(asdict(made)) + "\n")
    return made


def default_path(folder: Path) -> Path:
    """A name for a backup made now."""
    return folder / f"rapport-{now():%Y-%m-%d-%H%M%S}{SUFFIX}"


def keep_newest(folder: Path, number: int) -> list[Path]:
    """Delete all backups of a folder but the newest ones; returns those deleted."""
    found = sorted(folder.glob(f"rapport-*{SUFFIX}"), reverse=True)
    for path in found[number:]:
        path.unlink()
    return found[number:]


def _add_database(writer: container.Writer) -> Manifest:
    """Dump the database and count its rows, both as at the same moment."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
        described = Manifest(now().isoformat(), __version__, _rows_by_table(), applied_migrations())
        environment = postgres.environment_of(settings.DATABASES["default"])
        with postgres.dump(environment, snapshot=snapshot) as blocks:
            writer.add(DUMP, blocks, compress=False)
    return described


def _add_file(writer: container.Writer, name: str, path: Path) -> None:
    try:
        with path.open("rb") as file:
            writer.add(f"{HOME}{name}", _blocks(file))
    except FileNotFoundError:
        return  # it went away since the folder was listed: the database doesn't need it


def _blocks(file) -> Iterator[bytes]:  # type: ignore[no-untyped-def]  # an open file
    return iter(lambda: file.read(_BLOCK), b"")


def table_names() -> list[str]:
    """All tables of the database that hold content."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind IN ('r', 'p') AND n.nspname = 'public' AND c.relpersistence = 'p'"
            " AND NOT c.relispartition ORDER BY 1"
        )
        return [name for (name,) in cursor.fetchall()]


def _rows_by_table() -> dict[str, int]:
    found = {}
    with connection.cursor() as cursor:
        for name in table_names():
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608 - quoted
            (found[name],) = cursor.fetchone()
    return found


def applied_migrations() -> dict[str, list[str]]:
    """The names of the migrations applied, by app."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found
