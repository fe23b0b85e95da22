"""`./rapport django …`: Django's own management commands."""

from argparse import Namespace

from rapport.cli.command import Command, Needs


def _run(options: Namespace) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["./rapport django", *options.rest])
    return 0


COMMAND = Command("django", "passes on to Django's management commands", _run, needs=Needs.DATABASE, passes_on=True)
