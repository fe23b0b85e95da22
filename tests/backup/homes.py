"""Whole installations in homes of their own, worked with through the command line, and all that lies in them."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from rapport.core.backup.contents import state_files
from rapport.core.embedded_postgres import DATABASE_NAME, EmbeddedPostgres

ROOT = Path(__file__).resolve().parent.parent.parent
_TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
_CONTENT = (
    """SELECT count(*), md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE "C"), '')) FROM {} AS t"""
)
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1"


@dataclass(frozen=True)
class Home:
    """An installation; `url` is that of another server's database if it uses one."""

    folder: Path
    url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """What its commands run with."""
        found = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
        found |= {"RAPPORT_HOME": str(self.folder), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        found["DJANGO_SETTINGS_MODULE"] = "rapport.config.settings"
        return found | ({"DATABASE_URL": self.url} if self.url else {})

    @property
    def server(self) -> EmbeddedPostgres:
        """Its embedded server."""
        return EmbeddedPostgres(self.folder / "database")

    def rapport(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """`./rapport …`."""
        command = [sys.executable, "-m", "rapport.cli", *arguments]
        return subprocess.run(command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False)

    def done(self, *arguments: str) -> str:
        """The same, which must succeed; its output."""
        done = self.rapport(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def script(self, text: str) -> "subprocess.Popen[str]":
        """A piece of Python that works with the records meanwhile; its server must run."""
        code = "import django\ndjango.setup()\nfrom rapport.core.actors import SYSTEM, acting_as\n" + text
        command = [sys.executable, "-c", code]
        return subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    def tables(self) -> dict[str, Any]:
        """Every table with the number and the digest of its rows, and where each sequence is."""
        with self.server.running() as server:
            return tables_of(str(server.socket_folder), DATABASE_NAME)

    def files(self) -> dict[str, bytes]:
        """Every file of its state."""
        return {name: path.read_bytes() for name, path in state_files(self.folder)}


def tables_of(host: str, database: str) -> dict[str, Any]:
    """Every table of a database; see `Home.tables`."""
    with psycopg.connect(host=host, user=EmbeddedPostgres.superuser, dbname=database) as connection:
        names = [name for (name,) in connection.execute(_TABLES)]
        found: dict[str, Any] = {name: connection.execute(_CONTENT.format(name)).fetchone() for name in names}
        found["sequences"] = connection.execute(_SEQUENCES).fetchall()
    return found
