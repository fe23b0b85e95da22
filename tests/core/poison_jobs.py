"""Jobs for the tests of what happens to jobs that fail."""

import os
import time

from rapport.core.jobs import job


@job(label="Take the worker down")
def take_the_worker_down() -> None:
    """End the process as a crash would."""
    os._exit(13)


@job(label="Fail")
def fail() -> None:
    """Fail by itself."""
    raise ValueError("as always")


@job(label="Hang", queue="insights", atomic=False)
def hang() -> None:
    """Never end."""
    while True:
        time.sleep(1)
