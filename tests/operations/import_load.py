"""Imports under way while processes are killed: every row comes in once."""

import threading
import time
from pathlib import Path

import httpx
import psycopg

from tests.operations.balance import rows
from tests.operations.visitor import Visitor

ROWS = 300
PATIENCE = 600.0  # seconds for one import, rescued by the clock each minute
PAUSE = 0.5


class Importer(threading.Thread):
    """Uploads, checks and runs one import after the other until told to stop; tries each step again until it worked."""

    def __init__(self, home: Path, visitor: Visitor) -> None:
        super().__init__(daemon=True)
        self.done: list[str] = []
        self.problem = ""
        self._home, self._visitor = home, visitor
        self._stop_asked = threading.Event()

    def stop(self) -> None:
        """Ends after the import that is under way."""
        self._stop_asked.set()

    def run(self) -> None:
        try:
            while not self._stop_asked.is_set():
                self._import(f"Bulk {_letters(len(self.done))}")
        except AssertionError as problem:
            self.problem = str(problem)

    def _import(self, prefix: str) -> None:
        content = "name\n" + "".join(f"{prefix} row {row}\n" for row in range(ROWS))
        address = self._sent("/imports/", files={"files": (f"{prefix}.csv", content.encode())})
        key = address.rstrip("/").rsplit("/", 1)[-1]
        self._reached("checked", key, f"{address}check/do/", begins_at="uploaded")
        self._reached("done", key, f"{address}run/do/", begins_at="checked")
        self.done.append(prefix)

    def _reached(self, wanted: str, key: str, request: str, *, begins_at: str) -> None:
        """Asks while nobody has taken it up, then waits."""
        until = time.monotonic() + PATIENCE
        while (status := self._status(key)) != wanted:
            assert time.monotonic() < until, f"import {key} stays at {status}"
            assert status != "failed", f"import {key} failed"
            if status == begins_at:
                self._asked(request)
            time.sleep(PAUSE)

    def _status(self, key: str) -> str:
        try:
            return str(rows(self._home, f"SELECT status FROM integrations_import WHERE id = '{key}'")[0][0])
        except psycopg.Error:
            return "unknown"

    def _asked(self, path: str) -> None:
        try:
            self._visitor.post(path)
        except httpx.TransportError:
            return

    def _sent(self, path: str, **also: object) -> str:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                answer = self._visitor.post(path, **also)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code == 302:
                return answer.headers["Location"]
            time.sleep(PAUSE)
        raise AssertionError(f"{path} was not answered in time")


def _letters(number: int) -> str:
    """In letters, because an import takes names that differ in punctuation only, "1-12" and "11-2", for the same."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def check_imports(home: Path, importer: Importer) -> None:
    """Every row of every import is there once."""
    assert importer.problem == ""
    for prefix in importer.done:
        sql = f"SELECT count(*), count(DISTINCT name) FROM directory_organisation WHERE name LIKE '{prefix} row %'"
        assert rows(home, sql) == [(ROWS, ROWS)], prefix
