"""The embedded PostgreSQL: makes, starts and stops a server of our own in one folder.

Only PostgreSQL's own programs are used (see `postgres_programs`), so that settings, locks and stopping are ours.
Several processes may use one folder: each calls `enter`, the last one to `leave` stops the server.
"""

import fcntl
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import IO

from .postgres_programs import SUPERUSER, PostgresPrograms, binaries, unavailable
from .postgres_remains import postmaster_of, serves, tidy_after_crash
from .system_account import SystemAccount, database_account

DATABASE_NAME = "rapport"
SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 107  # bytes, the operating system's
START_TRIES = 3
PATIENCE = 60.0  # seconds for a server that lives to answer, and for another process that starts or stops it

SAFE_SETTINGS = {
    "autovacuum_vacuum_scale_factor": "0.05",
    "checkpoint_timeout": "15min",
    "client_connection_check_interval": "2s",  # what a dead process was at ends with it
    "fsync": "on",
    "idle_in_transaction_session_timeout": "10min",
    "jit": "off",
    "listen_addresses": "''",
    "log_error_verbosity": "terse",  # its log must not repeat values of rows, nor statements that hold some
    "log_min_error_statement": "panic",
    "maintenance_work_mem": "128MB",
    "max_connections": "60",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "shared_buffers": "256MB",
    "timezone": "'UTC'",
    "work_mem": "16MB",
}
TEST_SETTINGS = {
    **SAFE_SETTINGS,
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
}


class EmbeddedPostgres:
    """The server of one folder. Making this object touches nothing; `enter` starts the server."""

    superuser = SUPERUSER

    def __init__(self, folder: Path, *, settings: dict[str, str] | None = None) -> None:
        self.folder = folder.absolute()
        self._settings = SAFE_SETTINGS if settings is None else settings
        self._users: IO[str] | None = None

    @cached_property
    def socket_folder(self) -> Path:
        """Where the socket lies: in the folder itself, or in a short one of the system when its path is too long."""
        if len(os.fsencode(self.folder / "socket" / SOCKET_NAME)) <= SOCKET_PATH_LIMIT:
            return self.folder / "socket"
        digest = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"rapport-{os.geteuid()}-{digest}"

    @property
    def cluster(self) -> Path:
        """PostgreSQL's own folder."""
        return self.folder / "cluster"

    @property
    def log(self) -> Path:
        """The server's log file."""
        return self.cluster / "server.log"

    @cached_property
    def _account(self) -> SystemAccount:
        return database_account()

    @cached_property
    def programs(self) -> PostgresPrograms:
        """PostgreSQL's programs at work on this cluster."""
        return PostgresPrograms(self.cluster, self.socket_folder, self._account)

    def is_used(self) -> bool:
        """Whether some process uses the server of this folder now."""
        lock = self.folder / "users.lock"
        if not lock.exists():
            return False
        with lock.open("r") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def is_running(self) -> bool:
        """Whether the server answers."""
        return self.cluster.exists() and self.programs.is_answered()

    def is_alive(self) -> bool:
        """Whether its main process lives, though it may not answer yet; far quicker than `is_running`."""
        return serves(postmaster_of(self.cluster), self.cluster)

    def revive(self) -> None:
        """Starts a server again that was killed under its users."""
        with self._alone():
            if not self.is_running():
                self._start_server()

    @contextmanager
    def running(self) -> Iterator["EmbeddedPostgres"]:
        """The server runs inside this block; it is stopped at its end when nobody else uses it."""
        self.enter()
        try:
            yield self
        finally:
            self.leave()

    def enter(self) -> None:
        """Uses the server from here on: starts it when it does not run, and makes it when there is none."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._alone():
            self._users = (self.folder / "users.lock").open("w")
            fcntl.flock(self._users, fcntl.LOCK_SH)
            try:
                if not self._answers_in_time():
                    self._start()
            except BaseException:
                self._users.close()
                self._users = None
                raise

    def leave(self, *, patience: float = PATIENCE) -> None:
        """Stops using the server; the last one out stops it. One that somebody else is just starting is theirs."""
        if self._users is None:
            return
        with (self.folder / "start.lock").open("w") as start:
            if _locked(start, patience=patience) and _locked(self._users, patience=0):
                self.programs.stop()
            self._users.close()
            self._users = None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else starts or stops this server meanwhile. The system frees the lock when we die."""
        with (self.folder / "start.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _answers_in_time(self) -> bool:
        """Whether it runs. One that lives but doesn't answer is busy: starting another would fail."""
        until = time.monotonic() + PATIENCE
        while not self.is_running():
            if not self.is_alive() or time.monotonic() > until:
                return False
            time.sleep(0.1)
        return True

    def _start(self) -> None:
        self._account.may_use(binaries().parent)
        self._make_folders()
        if not (self.cluster / "PG_VERSION").exists():
            self._make_cluster()
        settings = {**self._settings, "unix_socket_directories": f"'{self.socket_folder}'"}
        (self.cluster / "rapport.conf").write_text("".join(f"{key} = {value}\n" for key, value in settings.items()))
        self._start_server()
        self._make_database()

    def _make_folders(self) -> None:
        self._account.may_pass(self.folder)
        for folder in (self.cluster, self.socket_folder):
            folder.mkdir(mode=0o700, exist_ok=True)
            self._account.must_own(folder)

    def _make_cluster(self) -> None:
        """Makes it beside its place and moves it there when it is whole: who is killed meanwhile leaves none."""
        made = self.folder / "cluster.new"
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(mode=0o700)
        self._account.must_own(made)
        self.programs.make_cluster(made)
        with (made / "postgresql.conf").open("a") as file:
            file.write("include 'rapport.conf'\n")
        try:
            made.rename(self.cluster)
        except OSError as error:  # something else lies there
            raise unavailable("could not be set up", str(error)) from error

    def _start_server(self) -> None:
        """Starts the server, after tidying up what a crash left behind."""
        for pause in range(START_TRIES):
            time.sleep(pause)
            self._make_folders()  # anew, because others may have closed a folder above meanwhile
            tidy_after_crash(self.cluster)
            failure = self.programs.start(self.log)
            if failure is None:
                return
        last_lines = "\n".join(self.log.read_text(errors="replace").splitlines()[-8:]) if self.log.exists() else ""
        raise unavailable("did not start", f"{failure}{last_lines}")

    def _make_database(self) -> None:
        found = self.programs.query("postgres", f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE_NAME}'")  # noqa: S608
        if found.strip() != "1":
            self.programs.query("postgres", f"CREATE DATABASE {DATABASE_NAME}")


def _locked(file: IO[str], *, patience: float) -> bool:
    """Whether the file could be locked for us alone in time."""
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(0.05)
        else:
            return True
