"""Jobs for the tests of what happens to jobs that fail."""

import os
import time
from datetime import timedelta

from rapport.core.jobs import job
from rapport.identity.models import Team


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


@job(label="Hang for too long", queue="insights", longest=timedelta(seconds=2))
def hang_for_too_long() -> None:
    """Write something, and never end."""
    Team.create(name="Never")
    while True:
        time.sleep(1)
