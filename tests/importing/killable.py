"""A server that tests kill outright and start again, in a home and on a port of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from rapport.core.embedded_postgres import DATABASE_NAME, EmbeddedPostgres

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 300.0
GATE = 8_211
PUT_UP_A_GATE = f"""
CREATE FUNCTION pass_the_gate() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN PERFORM pg_advisory_xact_lock_shared({GATE}); RETURN NULL; END';
CREATE TRIGGER gate AFTER INSERT ON integrations_externallink FOR EACH STATEMENT EXECUTE FUNCTION pass_the_gate()
"""
STAND = """
SELECT (SELECT status FROM integrations_import) AS status,
    (SELECT count(*) FROM directory_organisation) AS rows,
    (SELECT count(DISTINCT name) FROM directory_organisation) AS names,
    (SELECT count(*) FROM directory_organisation WHERE parent_id IS NOT NULL) AS children,
    (SELECT count(*) FROM core_change WHERE record_type = 'organisation' AND operation = 'create') AS created,
    (SELECT count(*) FROM integrations_externallink) AS links,
    (SELECT sum(rows_done) FROM integrations_importfile) AS told,
    (SELECT sum(links_done) FROM integrations_importfile) AS told_of_links
"""


class Server:
    """`./run --no-demo` without its set-up, in a home and on a port of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        source = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
        self.environment |= {"RAPPORT_HOME": str(home), "PORT": str(self.port), "PYTHONPATH": source}
        self.environment |= {"DJANGO_SETTINGS_MODULE": "rapport.config.settings", "RAPPORT_WEB_WORKERS": "1"}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        command = [sys.executable, "-m", "rapport.cli", "serve", "--no-demo"]
        self.process = subprocess.Popen(
            command, env=self.environment, cwd=ROOT, start_new_session=True, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            assert time.monotonic() < deadline, "the server doesn't start"
            time.sleep(0.05)

    def kill(self) -> None:
        """kill -9 of the supervisor and of everything it started; the database is another program and goes on."""
        assert self.process is not None
        for pid in with_descendants(self.process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """A clean stop."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=PATIENCE)

    def script(self, text: str, *arguments: str) -> "subprocess.Popen[str]":
        """A piece of Python that runs beside the server, as the system."""
        lines = "".join(f"    {line}\n" for line in text.strip().splitlines())
        code = (
            "import sys, django\ndjango.setup()\n"
            "from rapport.core.actors import SYSTEM, acting_as\nwith acting_as(SYSTEM):\n" + lines
        )
        command = [sys.executable, "-c", code, *arguments]
        return subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    def answer(self, text: str, *arguments: str) -> str:
        """The first line that a piece of Python prints; it may still be ending."""
        running = self.script(text, *arguments)
        assert running.stdout is not None
        return running.stdout.readline().strip()

    def stand(self) -> dict[str, Any]:
        """How things stand in the database."""
        with self.database() as connection:
            found = connection.execute(STAND).fetchone()
        assert found is not None
        return found

    def database(self) -> "psycopg.Connection[dict[str, Any]]":
        """A connection to the database, as its superuser."""
        where = EmbeddedPostgres(self.home / "database")
        return psycopg.connect(
            host=str(where.socket_folder), user=where.superuser, dbname=DATABASE_NAME, row_factory=dict_row
        )

    def put_up_a_gate(self) -> None:
        """From now on imports can be held before they write (`imports_held`)."""
        with self.database() as connection:
            connection.execute(PUT_UP_A_GATE)

    @contextmanager
    def imports_held(self) -> Iterator[None]:
        """No import writes a row meanwhile, however quick the machine; the open write is waited for."""
        with self.database() as connection:
            connection.execute(f"SELECT pg_advisory_xact_lock({GATE})")
            yield

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False


def with_descendants(pid: int) -> list[int]:
    """A process and all that it started, it first."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    found = [pid]
    for each in found:
        found += [child for child, parent in parents.items() if parent == each]
    return found
