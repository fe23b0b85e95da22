"""Readable progress: one line for each step, with the time it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def step(what: str) -> Iterator[None]:
    """Says what is being done, and how long it took when it is done."""
    started = time.monotonic()
    say(f"  {what}")
    yield
    seconds = time.monotonic() - started
    if seconds >= 1:
        say(f"  … done in {seconds:.0f} s")


def say(line: str) -> None:
    """One line for the person who waits; on standard error, so that a command's answer stays clean."""
    print(line, file=sys.stderr, flush=True)


def stop(sentence: str) -> None:
    """Ends with a sentence that says what to do."""
    raise SystemExit(f"\n{sentence}")
