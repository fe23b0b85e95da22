"""Measuring a web server from outside: time per request, and the processor time that it and its database spent.

Processor times are read from /proc (Linux), for the server's process group and for all processes of the database, as a
difference over many requests: the steady figure on a machine that others use too.
"""

import os
import statistics
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import count
from pathlib import Path

from django.db import connection

TICKS = os.sysconf("SC_CLK_TCK")
_AT_REST = 0.05  # seconds of processor in one


@dataclass(frozen=True)
class Load:
    """What a series of requests took, in milliseconds; processor times are per request."""

    median: float
    p95: float
    server: float
    database: float
    bytes: int
    status: int


def processor_seconds(pids: Iterable[int]) -> float:
    """User and system time that these processes have used so far."""
    total = 0.0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += (int(fields[11]) + int(fields[12]) + int(fields[13]) + int(fields[14])) / TICKS
    return total


def descendants(pid: int) -> list[int]:
    """A process and all processes that it started, directly or not."""
    found, waiting = [pid], [pid]
    while waiting:
        children = Path(f"/proc/{waiting.pop()}/task").glob("*/children")
        new = [int(child) for file in children for child in _read(file).split()]
        found += new
        waiting += new
    return found


def wait_until_idle(pid: int) -> None:
    """Wait until a process and those it started rest, a minute at most: at its start it reads what pages need later."""
    used = processor_seconds(descendants(pid))
    for _ in range(60):
        time.sleep(1)
        before, used = used, processor_seconds(descendants(pid))
        if used - before < _AT_REST:
            return


def database_pid() -> int:
    """The database's main process, the parent of the one that serves us."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    return int(Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


@dataclass(frozen=True)
class Request:
    """What is asked: with a body it is sent as JSON; `{number}` in it makes each one different."""

    path: str
    method: str = "GET"
    body: str = ""

    def sent(self, number: int) -> bytes | None:
        """The body of one of many."""
        return self.body.replace("{number}", str(number)).encode() if self.body else None


@dataclass
class Target:
    """A running server: where it listens, its process and that of its database; `headers` say who asks."""

    host: str
    port: int
    server: int
    database: int
    headers: Mapping[str, str]
    asked: Iterator[int] = field(default_factory=count)

    def get(self, connection: HTTPConnection, asked: Request) -> tuple[float, int, int]:
        """Milliseconds, status and length of one answer."""
        body = asked.sent(next(self.asked))
        headers = {
            **self.headers,
            "Accept-Encoding": "identity",
            **({"Content-Type": "application/json"} if body else {}),
        }
        begun = time.perf_counter()
        connection.request(asked.method, asked.path, body, headers=headers)
        answer = connection.getresponse()
        length = len(answer.read())
        return (time.perf_counter() - begun) * 1000, answer.status, length

    def measure(self, asked: Request, *, requests: int, concurrency: int) -> Load:
        """Ask `requests` times over `concurrency` connections, after a warm-up."""
        self._series(asked, max(4, 2 * concurrency), 1)
        server, database = self._processors()
        taken = self._series(asked, requests, concurrency)
        server_after, database_after = self._processors()
        return _load(taken, server_after - server, database_after - database)

    def measure_first(self, asked: Request, *, requests: int, forget: Callable[[], object]) -> Load:
        """Ask as if nobody had asked before: `forget` is called before each request, and not counted."""
        taken, server, database = [], 0.0, 0.0
        self._series(asked, 1, 1)
        for _ in range(requests):
            forget()
            before = self._processors()
            taken += self._series(asked, 1, 1)
            after = self._processors()
            server, database = server + after[0] - before[0], database + after[1] - before[1]
        return _load(taken, server, database)

    def _processors(self) -> tuple[float, float]:
        return processor_seconds(descendants(self.server)), processor_seconds(descendants(self.database))

    def _series(self, asked: Request, requests: int, concurrency: int) -> list[tuple[float, int, int]]:
        taken: list[tuple[float, int, int]] = []
        threads = [
            threading.Thread(target=self._ask, args=(asked, requests // concurrency, taken)) for _ in range(concurrency)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return taken

    def _ask(self, asked: Request, requests: int, taken: list[tuple[float, int, int]]) -> None:
        connection = HTTPConnection(self.host, self.port, timeout=60)
        taken.extend(self.get(connection, asked) for _ in range(requests))
        connection.close()


def _load(taken: list[tuple[float, int, int]], server: float, database: float) -> Load:
    times = sorted(milliseconds for milliseconds, _, _ in taken)
    return Load(
        median=statistics.median(times),
        p95=times[min(len(times) - 1, int(len(times) * 0.95))],
        server=server * 1000 / len(taken),
        database=database * 1000 / len(taken),
        bytes=taken[-1][2],
        status=taken[-1][1],
    )
