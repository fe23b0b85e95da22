"""`./rapport shell`: Python with the models at hand."""

import sys
from argparse import ArgumentParser, Namespace

from rapport.cli.command import Command


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("-c", "--command", help="run this Python text instead of asking for lines")


def _run(options: Namespace) -> int:
    from django.core.management import call_command

    # What comes through a pipe is run as it is, as Python itself does.
    text = options.command or (None if sys.stdin.isatty() else sys.stdin.read())
    call_command("shell", command=text, verbosity=0)
    return 0


COMMAND = Command(
    "shell", "opens Python with all models imported; what you do is in the history under your name", _run, _arguments
)
