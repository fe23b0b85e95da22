"""Reads workbooks and JSON in a child process with limits on memory and time: a hostile file can't hurt the server.

The child (this module, run) prints JSON lines: `["table", name, columns, line]` opens a table,
`["row", line, cells, extra, problem, details]` is a row of it, `["error", sentence, details]` ends everything.
"""

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Timer
from typing import Any

import rapport
from rapport.integrations.importing.reading.rows import FileFormat, UnreadableFile, gettext_noop

_MEMORY = 1 << 30
QUICK_SECONDS = 10
LONG_SECONDS = 1_800
_SOURCES = Path(rapport.__file__).resolve().parent.parent
_TOO_MUCH = gettext_noop("This file takes more memory or time to read than allowed. Split it, or export it as CSV.")
_MODULE = "rapport.integrations.importing.reading.isolated"


@dataclass(frozen=True, slots=True)
class Request:
    """What the child shall read: a file, one table of it or all (None), so many rows of each (0: all)."""

    path: str
    format: FileFormat
    encoding: str = "utf-8"
    table: str | None = None
    rows: int = 0
    seconds: int = LONG_SECONDS


def read_isolated(request: Request) -> Iterator[list[Any]]:
    """The child's messages about a file. Raises UnreadableFile with the reason."""
    command = [sys.executable, "-m", _MODULE, json.dumps(asdict(request))]
    environment = {"PYTHONPATH": str(_SOURCES)}  # nothing else: no secrets for the child
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env=environment
    ) as child:
        timer = Timer(request.seconds * 2, child.kill)
        timer.start()
        try:
            yield from _messages(child)
        finally:
            timer.cancel()
            child.kill()


def _messages(child: "subprocess.Popen[bytes]") -> Iterator[list[Any]]:
    assert child.stdout is not None
    for line in child.stdout:
        message = json.loads(line)
        if message[0] == "error":
            raise UnreadableFile(message[1], **message[2])
        yield message
    if child.wait() != 0:
        raise UnreadableFile(_TOO_MUCH)


def main(arguments: list[str]) -> None:
    """What the child does."""
    request = Request(**json.loads(arguments[0]))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (request.seconds, request.seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    from rapport.integrations.importing.reading import tables  # after the limits, which then hold for all it does

    write = sys.stdout.write
    try:
        for message in tables.messages(request):
            write(json.dumps(message))
            write("\n")
    except UnreadableFile as error:
        write(json.dumps(["error", error.sentence, error.details]) + "\n")
    except MemoryError:
        write(json.dumps(["error", _TOO_MUCH, {}]) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
