"""`./rapport migrate`: what must be done once before the processes of a new version start."""

from argparse import Namespace

from rapport.cli.command import Command, Needs


def _run(options: Namespace) -> int:
    from rapport.cli.serving.preparation import prepare
    from rapport.core.home import home_folder

    prepare(home_folder(), with_demo=False)
    return 0


COMMAND = Command(
    "migrate",
    "brings tables, static files and translations up to date, as ./run does at its start",
    _run,
    needs=Needs.SERVER,
)
