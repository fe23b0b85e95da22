"""What a command stands on: the database server, Django, and tables that are up to date."""

import ctypes
import getpass
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import django

from rapport.core.embedded_postgres import EmbeddedPostgres
from rapport.core.home import home_folder

PARENT = "RAPPORT_PARENT"
MIGRATION_LOCK = 7_240_002


@contextmanager
def django_alone() -> Iterator[None]:
    """Django is ready inside this block, but no database: for commands that work on files and values."""
    django.setup()
    yield


@contextmanager
def server() -> Iterator[EmbeddedPostgres | None]:
    """The database server runs inside this block; gives the embedded one, None where `DATABASE_URL` names another.

    An embedded server that runs already is joined; otherwise it is started, and stopped at the end.
    """
    if os.environ.get("DATABASE_URL"):
        yield None
        return
    home = home_folder()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with EmbeddedPostgres(home / "database").running() as embedded:
        yield embedded


@contextmanager
def database() -> Iterator[None]:
    """Like `server`, with Django ready."""
    with server():
        django.setup()
        try:
            yield
        finally:
            close_connections()


@contextmanager
def records() -> Iterator[None]:
    """Like `database`, with all migrations applied, the fields and types known that users added, and with the person at
    the terminal acting with all rights.
    """
    with database():
        from rapport.core.actors import SYSTEM, acting_as
        from rapport.core.editions import catch_up

        migrate()
        catch_up()
        with acting_as(replace(SYSTEM, name=f"{_account()} at the command line", source="cli")):
            yield


def migrate() -> None:
    """Applies what migrations are missing, and adds what a fresh database needs; one process at a time.

    What is needed is looked for each time: a process may have been killed between the two.
    """
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from rapport.core.beginnings import begin

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            executor = MigrationExecutor(connection)
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                call_command("migrate", verbosity=0, interactive=False)
            begin()
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


def tie_to_parent() -> None:
    """A child of the supervisor ends with it, even when that was killed outright (Linux only)."""
    parent = os.environ.get(PARENT)
    if parent is None or not sys.platform.startswith("linux"):
        return
    set_death_signal = 1  # PR_SET_PDEATHSIG of prctl(2)
    ctypes.CDLL(None).prctl(set_death_signal, signal.SIGTERM)
    if str(os.getppid()) != parent:
        sys.exit(0)
    del os.environ[PARENT]


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return str(os.geteuid())


def close_connections() -> None:
    """Gives all connections of this process back."""
    from django.db import connections

    connections.close_all()
    for connection in connections.all(initialized_only=True):
        if hasattr(connection, "close_pool"):
            connection.close_pool()
