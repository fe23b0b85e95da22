"""What a command is, and how the commands are found."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from pkgutil import iter_modules

from rapport.cli import commands


class Needs(Enum):
    """What must be there before a command runs."""

    NOTHING = "nothing"
    DJANGO = "Django, without a database"
    SERVER = "a database server that runs"
    DATABASE = "both"
    RECORDS = "a database whose tables are up to date"


def no_arguments(parser: ArgumentParser) -> None:
    """For commands that take none."""


@dataclass(frozen=True)
class Command:
    """One command of the command line. `run` returns the exit status; it and what it imports may use Django."""

    name: str
    help: str
    run: Callable[[Namespace], int]
    arguments: Callable[[ArgumentParser], None] = no_arguments
    needs: Needs = Needs.RECORDS
    passes_on: bool = False
    """Takes all that follows as it is, in `options.rest`: for commands that hand over to another program."""


def all_commands() -> list[Command]:
    """Every command, by name."""
    modules = [import_module(f"{commands.__name__}.{module.name}") for module in iter_modules(commands.__path__)]
    return sorted((module.COMMAND for module in modules), key=lambda command: command.name)
