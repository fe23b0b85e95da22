"""PostgreSQL's own programs for dumping and restoring, with the connection of our settings or of another server."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from rapport.core.embedded_postgres import EmbeddedPostgres
from rapport.core.postgres_programs import programs
from rapport.core.problems import Problem

_BLOCK = 1 << 20
_UNKNOWN_TO_OLDER = (b"SET transaction_timeout",)  # settings of later servers, which older ones refuse
_SETTINGS_LINES = 60


def environment_of(database: Mapping[str, Any]) -> dict[str, str]:
    """How PostgreSQL's programs reach a database, from Django's settings for it."""
    named = {
        "PGDATABASE": database["NAME"],
        "PGUSER": database["USER"],
        "PGPASSWORD": database.get("PASSWORD"),
        "PGHOST": database["HOST"],
        "PGPORT": database.get("PORT"),
        "PGSSLMODE": database.get("OPTIONS", {}).get("sslmode"),
    }
    return {**os.environ, **{name: str(value) for name, value in named.items() if value}}


def environment_of_server(server: EmbeddedPostgres, database: str) -> dict[str, str]:
    """The same for an embedded server."""
    return environment_of({"NAME": database, "USER": server.superuser, "HOST": str(server.socket_folder)})


@contextmanager
def dump(environment: Mapping[str, str], *, snapshot: str) -> Iterator[Iterator[bytes]]:
    """The database as it was at an exported snapshot, in pieces; raises `Problem` when `pg_dump` fails."""
    options = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}")
    with _running("pg_dump", *options, environment=environment, stdin=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        yield iter(lambda: process.stdout.read(_BLOCK), b"")  # type: ignore[union-attr]


def restore(environment: Mapping[str, str], dumped: Path, *, first: str = "") -> None:
    """Bring a dump back in one transaction: all of it or nothing. `first` is SQL that goes before."""
    restoring = ("--no-owner", "--no-privileges", "--file=-", str(dumped))
    reading = ("-X", "-q", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null")
    with (
        _running("pg_restore", *restoring, environment=environment, stdin=subprocess.DEVNULL) as source,
        _running("psql", *reading, environment=environment, stdin=subprocess.PIPE) as target,
    ):
        assert source.stdout is not None
        assert target.stdin is not None
        with target.stdin as stream:
            stream.write(first.encode() + b"\n")
            _pass_on(source.stdout, stream)


def _pass_on(source: IO[bytes], target: IO[bytes]) -> None:
    """The script, without the settings that older servers don't know."""
    try:
        for _number in range(_SETTINGS_LINES):
            line = source.readline()
            if not line.startswith(_UNKNOWN_TO_OLDER):
                target.write(line)
        shutil.copyfileobj(source, target, _BLOCK)
    except BrokenPipeError:
        pass  # psql stopped; its error is told when it is waited for


@contextmanager
def _running(
    name: str, *arguments: str, environment: Mapping[str, str], stdin: int
) -> "Iterator[subprocess.Popen[bytes]]":
    with tempfile.TemporaryFile() as errors:
        command = [_program(name), *arguments]
        process = subprocess.Popen(command, env=environment, stdin=stdin, stdout=subprocess.PIPE, stderr=errors)
        try:
            yield process
        except BaseException:
            process.kill()
            raise
        finally:
            assert process.stdout is not None
            process.stdout.close()
            status = process.wait()
        if status:
            errors.seek(0)
            told = errors.read().decode(errors="replace").strip()[-2000:]
            raise Problem(f"{name} failed: {told or f'status {status}'}")


def _program(name: str) -> str:
    folder = programs()
    path = str(folder / name) if folder else shutil.which(name)
    if path is None:
        raise Problem(f"{name} is missing here. Install PostgreSQL's client programs.")
    return path
