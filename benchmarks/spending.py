"""What work inside this process takes: by the clock, and of processor time in Python and in the database."""

import os
import resource
import time
from dataclasses import dataclass

from benchmarks.measuring import database_pid, descendants, processor_seconds


@dataclass(frozen=True)
class Spent:
    """Seconds on the clock, and of processor time in Python and in the database."""

    wall: float = 0.0
    python: float = 0.0
    database: float = 0.0

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.wall + other.wall, self.python + other.python, self.database + other.database)

    def __sub__(self, other: "Spent") -> "Spent":
        return Spent(self.wall - other.wall, self.python - other.python, self.database - other.database)


def spent_so_far() -> Spent:
    """Up to now; the difference of two is what was spent between them."""
    return Spent(time.perf_counter(), processor_seconds([os.getpid()]), processor_seconds(descendants(database_pid())))


def peak_megabytes() -> int:
    """The most memory that this process has taken."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
