"""Pulling the switch at once: PostgreSQL's own client needs some milliseconds, loading Rapport takes seconds.

The history is written afterwards, by the command itself.
"""

import subprocess
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import cache
from typing import Any

from rapport.cli.console import answer
from rapport.core.backup.postgres import environment_of
from rapport.core.database_settings import database_settings
from rapport.core.home import home_folder
from rapport.core.postgres_programs import programs
from rapport.oversight.barrier import PULL, WAIT_FOR_COMMITS

STOPPED = "Machines are stopped. `./rapport ai start --reason …` lets them go on."
_PATIENCE = 10


class Pulled(Enum):
    """What pulling the switch found."""

    NOT = "no database that answers, or no tables yet: no machine either, or the command itself must pull"
    NOW = "it was pulled by this"
    BEFORE = "it had been pulled already"


def asks_to_stop(arguments: Sequence[str]) -> bool:
    """Whether these are the arguments of a stop that the command line will understand."""
    match list(arguments):
        case ["ai", "stop"] | ["ai", "stop", "--reason", _]:
            return True
        case ["ai", "stop", given]:
            return given.startswith("--reason=")
    return False


@cache
def brake() -> Pulled:
    """Stop all machines of this installation, once in this process; says so as soon as nothing more is written."""
    pulled = pull_in(database_settings(home=home_folder()))
    if pulled is not Pulled.NOT:
        answer(STOPPED)
    return pulled


def pull_in(database: Mapping[str, Any]) -> Pulled:
    """Pull the switch in a database and wait for what machines are committing there."""
    folder = programs()
    if folder is None:
        return Pulled.NOT
    command = [
        str(folder / "psql"),
        "-X",
        "-A",
        "-t",
        "-q",
        "-v",
        "ON_ERROR_STOP=1",
        "-c",
        PULL,
        "-c",
        WAIT_FOR_COMMITS,
    ]
    environment = {"PGCONNECT_TIMEOUT": "5", **environment_of(database)}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return Pulled.NOT
    if done.returncode:
        return Pulled.NOT
    return Pulled.NOW if done.stdout.strip() else Pulled.BEFORE
