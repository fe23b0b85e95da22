"""Talking to the person at the terminal."""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress


def say(line: str) -> None:
    """One line of progress or advice; on standard error, so that a command's answer stays clean.

    Where it can't be written, such as on a full disk, the work goes on without it.
    """
    with suppress(OSError):
        print(line, file=sys.stderr, flush=True)


def answer(line: str) -> None:
    """One line of a command's answer, on standard output."""
    print(line, flush=True)


@contextmanager
def step(what: str) -> Iterator[None]:
    """Says what is being done, and how long it took when that was long."""
    say(f"  {what}")
    started = time.monotonic()
    yield
    seconds = time.monotonic() - started
    if seconds >= 1:
        say(f"  … done in {seconds:.0f} s")


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows in aligned columns, two spaces apart."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(line.rstrip() for line in lines)
