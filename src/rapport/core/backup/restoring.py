"""Bringing a backup back: checked whole, restored beside what is there, verified, and only then put in its place."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapport.core.embedded_postgres import DATABASE_NAME, EmbeddedPostgres
from rapport.core.problems import Problem

from . import container, postgres
from .contents import BEFORE_RESTORE, safe_path
from .counting import check_counts, is_empty
from .manifest import DUMP, HOME, Manifest

RESTORING = "restoring"
_READY = "ready.json"
_OWN = frozenset({"run.lock", RESTORING, "backups", "benchmarks"})

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Restored:
    """What a restore brought back, in how many seconds; `kept_in` is where the state before it lies."""

    manifest: Manifest
    seconds: float
    kept_in: Path | None


@dataclass(frozen=True)
class Restore:
    """A restore into a home folder, and into the database server of `url_settings` if one is used."""

    path: Path
    home: Path
    passphrase: str = ""
    url_settings: Mapping[str, Any] | None = None
    replace: bool = False
    tell: Tell = lambda _line: None

    def run(self) -> Restored:
        """Do it; raises `Problem` and leaves everything as it was when it can't be done."""
        begun = time.monotonic()
        self._refuse_where_in_use()
        with self._beside() as beside, self._opened() as reader:
            self.tell("checking every file of the backup")
            reader.check()
            self._unpack(reader, beside)
            manifest = reader.manifest
            self._restore_database(manifest, beside)
            (beside / DUMP).unlink()
            kept_in = self._swap(beside)
        return Restored(manifest, round(time.monotonic() - begun, 1), kept_in)

    def _refuse_where_in_use(self) -> None:
        if EmbeddedPostgres(self.home / "database").is_used():
            raise Problem(f"Rapport runs from {self.home}. Stop it first.")
        if self.replace:
            return
        if state_of(self.home) or (self.url_settings and not is_empty(self.url_settings)):
            raise Problem("There is something here already. Restore into an empty home, or add --force to replace it.")

    @contextmanager
    def _beside(self) -> Iterator[Path]:
        """A folder in the home, on the same disk, which is gone afterwards."""
        beside = self.home / RESTORING
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(mode=0o700, parents=True)
        try:
            yield beside
        finally:
            shutil.rmtree(beside, ignore_errors=True)

    @contextmanager
    def _opened(self) -> Iterator[container.Reader]:
        with container.opened(self.path, passphrase=self.passphrase, aside=self.home) as reader:
            needed = 3 * sum(entry.bytes for entry in reader.manifest.entries.values())
            if not container.has_room(self.home, needed):
                raise Problem(f"The disk has not room enough: about {needed >> 20} MB are needed in {self.home}.")
            yield reader

    def _unpack(self, reader: container.Reader, beside: Path) -> None:
        for name in reader.manifest.entries:
            if name.startswith(HOME):
                container.unpack(reader, name, safe_path(beside, name.removeprefix(HOME)))
            elif name == DUMP:
                container.unpack(reader, name, beside / DUMP)

    def _restore_database(self, manifest: Manifest, beside: Path) -> None:
        self.tell("restoring the database")
        if self.url_settings:
            first = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;" if self.replace else ""
            postgres.restore(postgres.environment_of(self.url_settings), beside / DUMP, first=first)
            check_counts(self.url_settings, manifest)
            self._verify(beside)
            return
        with EmbeddedPostgres(beside / "database").running() as server:
            environment = postgres.environment_of_server(server, DATABASE_NAME)
            postgres.restore(environment, beside / DUMP)
            reached = {"NAME": DATABASE_NAME, "USER": server.superuser, "HOST": str(server.socket_folder)}
            check_counts(reached, manifest)
            self._verify(beside)
        if server.is_running():
            raise Problem("The restored database can't be put in place: something still uses it. Try again.")

    def _verify(self, beside: Path) -> None:
        """Bring the restored tables up to date and have the whole history checked, with the restored keys."""
        self.tell("verifying the history")
        environment = {**os.environ, "RAPPORT_HOME": str(beside)}
        command = [sys.executable, "-m", "rapport.cli", "verify-history"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            told = (done.stdout + done.stderr).strip()[-2000:]
            raise Problem(f"What was restored is not whole: {told}")

    def _swap(self, beside: Path) -> Path | None:
        """Put the restored state in place of the present one, which is kept; a crash between is mended by `finish`."""
        moves = sorted(path.name for path in beside.iterdir())
        stamp = time.strftime("%Y%m%d-%H%M%S")
        old = self.home / f"{BEFORE_RESTORE}{stamp}"
        new = self.home / f"{RESTORING}-{stamp}"
        (beside / _READY).write_text(json.dumps({"moves": moves, "old": old.name}))
        beside.rename(new)
        return finish_swap(self.home, new)


def finish_swap(home: Path, new: Path) -> Path | None:
    """Carry out the moves that are noted, or those still to be done; returns where the state before lies, if any."""
    noted = json.loads((new / _READY).read_text())
    old = home / noted["old"]
    for name in sorted(state_of(home)):
        if (new / name).exists() or name not in noted["moves"]:
            old.mkdir(mode=0o700, exist_ok=True)
            (home / name).rename(old / name)
    for name in noted["moves"]:
        if (new / name).exists():
            (new / name).rename(home / name)
    shutil.rmtree(new)
    return old if old.exists() else None


def unfinished_swap(home: Path) -> Path | None:
    """A swap that was interrupted, if there is one."""
    return next((path.parent for path in home.glob(f"{RESTORING}-*/{_READY}")), None)


def state_of(home: Path) -> set[str]:
    """What of the home folder a restore replaces."""
    if not home.exists():
        return set()
    found = {path.name for path in home.iterdir()}
    return {name for name in found if name not in _OWN and not name.startswith((BEFORE_RESTORE, RESTORING, "."))}
