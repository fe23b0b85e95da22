"""What a killed PostgreSQL leaves behind: a lock file with the number of a dead process, and orphaned children.

PostgreSQL refuses to start while the number in its lock file belongs to any process, were it a zombie or a stranger
that got the same number since; and while children of the dead server still hold its shared memory. Who calls this has
to make sure that nobody starts or stops the server meanwhile.
"""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PROCESSES = Path("/proc")
PATIENCE = 5.0  # seconds in which orphans may notice by themselves that their server died


def postmaster_of(cluster: Path) -> int | None:
    """The process number in the lock file; None without one."""
    try:
        return int((cluster / "postmaster.pid").read_text().split(maxsplit=1)[0])
    except (OSError, ValueError, IndexError):
        return None


def serves(process: int | None, cluster: Path) -> bool:
    """Whether a PostgreSQL of this number runs for this folder; elsewhere than on Linux, whether anything does."""
    if process is None:
        return False
    if not sys.platform.startswith("linux"):
        return _is_known(process)
    try:
        name, _, rest = (PROCESSES / str(process) / "stat").read_text().partition("(")[2].rpartition(")")
    except OSError:
        return False
    return name.startswith("postgres") and rest.split()[0] not in {"Z", "X"} and _works_in(process, cluster)


def _works_in(process: int, cluster: Path) -> bool:
    """Every process of a server works in its folder."""
    try:
        return (PROCESSES / str(process) / "cwd").readlink() == cluster.resolve()
    except PermissionError:
        return True  # of another account: it may be ours
    except OSError:
        return False


def tidy_after_crash(cluster: Path) -> None:
    """Makes way for a new start when the server of this folder is dead; touches nothing while it lives."""
    process = postmaster_of(cluster)
    if process is None or serves(process, cluster):
        return
    _end_orphans(cluster)
    (cluster / "postmaster.pid").unlink(missing_ok=True)


def _end_orphans(cluster: Path) -> None:
    begun = time.monotonic()
    while (orphans := list(_working_in(cluster))) and time.monotonic() < begun + 2 * PATIENCE:
        if time.monotonic() > begun + PATIENCE:
            for orphan in orphans:
                with suppress(ProcessLookupError):
                    os.kill(orphan, signal.SIGKILL)
        time.sleep(0.05)


def _working_in(cluster: Path) -> Iterator[int]:
    numbers = (int(place.name) for place in PROCESSES.glob("[0-9]*"))
    yield from (number for number in numbers if serves(number, cluster))


def _is_known(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
