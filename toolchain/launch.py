"""Sets the checkout up, then becomes the command line in our own environment."""

import argparse
import os

from toolchain import PYTHON
from toolchain.assets import ensure_assets
from toolchain.environment import ensure_environment

RUN_HELP = """\
Starts Rapport: sets up what is missing, starts the database, then serves the pages and works in the background.
Stop it with Ctrl-C. All state lies in one folder.

environment:
  HOST                  address to listen on (default 127.0.0.1)
  PORT                  port to listen on (default 8000)
  RAPPORT_HOME          folder of all state (default .rapport in this checkout)
  DATABASE_URL          a PostgreSQL server (15 or later) instead of the embedded one:
                        postgresql://user:password@host:5432/name
  RAPPORT_PUBLIC_URL    the address people use, when a proxy stands in front: https://crm.example.org
  RAPPORT_WEB_WORKERS   processes that answer pages (default: one per core, at most 4)

The command line is ./rapport --help, the tests are ./test --help.
"""


def run(arguments: list[str]) -> None:
    """`./run`: everything, in one command."""
    parser = argparse.ArgumentParser(
        prog="./run", description=RUN_HELP, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--no-demo", action="store_true", help="start empty, with a page for the first user")
    options = parser.parse_args(arguments)
    ensure_environment()
    ensure_assets()
    become("serve", *(["--no-demo"] if options.no_demo else []))


def command_line(arguments: list[str]) -> None:
    """`./rapport …`: one command of the command line."""
    ensure_environment()
    become(*arguments)


def become(*arguments: str) -> None:
    """Goes on as `python -m rapport.cli` of our own environment."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    os.execve(PYTHON, [str(PYTHON), "-m", "rapport.cli", *arguments], environment)  # noqa: S606 - our own program
