"""The processes under the supervisor: started, started again when they die, stopped properly."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from rapport.cli.console import say
from rapport.cli.serving.stopping import SIGNALS, STOP
from rapport.cli.session import PARENT

PATIENCE = 20.0  # seconds a child has to end what it is doing
LONGEST_PAUSE = 30.0
SETTLED_AFTER = 10.0  # seconds; a process that lived that long may be started again at once


@dataclass
class Child:
    """One process: a command of our own command line."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    due: float = field(default_factory=time.monotonic)
    """When it may be started (again), on the monotonic clock."""
    started: float = 0.0

    def start(self) -> None:
        """Starts it in a session of its own, so that Ctrl-C reaches the supervisor only."""
        environment = {**os.environ, PARENT: str(os.getpid())}
        command = [sys.executable, "-m", "rapport.cli", *self.command]
        with STOP.held():  # or we might stop with a child that nobody knows yet
            self.process = subprocess.Popen(command, env=environment, start_new_session=True)
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Starts it when it does not run; after each death it waits longer, unless it had lived well."""
        if self.process is None:
            if time.monotonic() >= self.due:
                self.start()
            return
        status = self.process.poll()
        if status is None:
            return
        self.end_group()
        if time.monotonic() - self.started > SETTLED_AFTER:
            self.failures = 0
        pause = min(2.0**self.failures - 1, LONGEST_PAUSE)
        when = f" in {pause:.0f} s" if pause else ""
        say(f"The {self.name} {_what_happened(status)}; starting again{when}.")
        self.process, self.failures, self.due = None, self.failures + 1, time.monotonic() + pause

    def ask_to_stop(self) -> None:
        """Lets it end what it is doing."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        """Waits for its end, at most until a moment of the monotonic clock; then ends it."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"The {self.name} did not stop in time and is ended.")
        self.end_group()
        self.process.wait()

    def end_group(self) -> None:
        """Ends at once what is left of it and of the processes it started."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


def _what_happened(status: int) -> str:
    if status == os.EX_TEMPFAIL:
        return "parted from a job that took too long or was stopped, which Settings > Background work tells"
    return f"ended unexpectedly (status {status})"


@contextmanager
def running(children: list[Child]) -> Iterator[None]:
    """The children run inside this block; at its end all are asked to stop, then waited for."""
    try:
        for child in children:
            child.start()
        yield
    finally:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        say("Stopping …")
        until = time.monotonic() + PATIENCE
        for child in children:
            child.ask_to_stop()
        for child in children:
            child.wait(until)
