"""From the arguments to the command that they name, and to its exit status."""

import argparse
import errno
import json
import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import NoReturn

from django.core.exceptions import ValidationError
from django.db.utils import OperationalError

from rapport.cli.command import Command, Needs, all_commands
from rapport.cli.console import answer, say
from rapport.cli.session import database, django_alone, records, server, tie_to_parent
from rapport.core.home import home_folder
from rapport.core.postgres_programs import DatabaseUnavailable
from rapport.core.problems import Problem

INTERRUPTED = 130
NO_DATABASE = "The database does not answer as it should. Is DATABASE_URL right, and is its server running?"
DISK_PROBLEMS = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "The disk of {place} is full. Make room on it, then try again."),
    errno.EFBIG: "The disk of {place} takes no files as large as this one would be. Choose another disk.",
    errno.EROFS: "The disk of {place} can't be written. Look after it, or set RAPPORT_HOME to another, then try again.",
}
STANDS_ON: dict[Needs, Callable[[], AbstractContextManager[object]]] = {
    Needs.NOTHING: nullcontext,
    Needs.DJANGO: django_alone,
    Needs.SERVER: server,
    Needs.DATABASE: database,
    Needs.RECORDS: records,
}


class _Parser(argparse.ArgumentParser):
    """Where JSON is asked for, what is refused is answered as JSON, too."""

    as_json = False

    def error(self, message: str) -> NoReturn:
        if self.as_json:
            answer(json.dumps({"problem": message}, ensure_ascii=False))
        super().error(message)


def main(arguments: list[str]) -> int:
    """Parses the arguments and runs the command they name; its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rapport.config.settings")
    tie_to_parent()
    command, options = parsed(arguments)
    try:
        return _run(command, options)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (DatabaseUnavailable, Problem, OperationalError, ValidationError, OSError) as problem:
        advice = _advice_on(problem)
        if not advice:
            raise
        say(advice)
        return 1


def _advice_on(problem: Exception) -> str:
    """What to do about it; nothing when it is a mistake of ours."""
    match problem:
        case OperationalError():
            return f"{NO_DATABASE}\n{problem}"
        case ValidationError():
            return "\n".join(problem.messages)
        case OSError():
            return DISK_PROBLEMS.get(problem.errno or 0, "").format(place=problem.filename or home_folder())
        case _:
            return str(problem)


def _run(command: Command, options: argparse.Namespace) -> int:
    with STANDS_ON[command.needs]():
        return command.run(options)


def parsed(arguments: list[str]) -> tuple[Command, argparse.Namespace]:
    """The command that the arguments name, and its options; ends the process with advice when they are wrong."""
    parser = _Parser(
        prog="./rapport",
        description="Works with Rapport's records from the command line.",
        epilog="./rapport COMMAND --help tells more about each. State lies in RAPPORT_HOME, as with ./run.",
    )
    parser.as_json = "--json" in arguments
    places = parser.add_subparsers(metavar="COMMAND", required=True)
    for command in all_commands():
        place = places.add_parser(
            command.name, help=command.help, description=command.help, add_help=not command.passes_on
        )
        place.as_json = parser.as_json
        place.set_defaults(chosen=command)
        command.arguments(place)
    options, rest = parser.parse_known_args(arguments)
    if rest and not options.chosen.passes_on:
        parser.error(f"unknown arguments: {' '.join(rest)}")
    options.rest = rest
    return options.chosen, options
