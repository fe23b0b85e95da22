"""`./rapport bench …`: measures pages, imports, data quality and more, in a home folder of its own."""

import os
import subprocess
import sys
from argparse import Namespace

from rapport.cli.command import Command, Needs
from rapport.core.home import CHECKOUT, home_folder


def _run(options: Namespace) -> int:
    home = home_folder() / "benchmarks"
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"RAPPORT_HOME": str(home), "PYTHONPATH": f"{CHECKOUT / 'src'}{os.pathsep}{CHECKOUT}"}
    command = [sys.executable, "-m", "benchmarks", *options.rest]
    return subprocess.run(command, env=environment, cwd=CHECKOUT, check=False).returncode


COMMAND = Command(
    "bench",
    "measures pages, imports, predictions, data quality and more: bench pages, bench --help",
    _run,
    needs=Needs.NOTHING,
    passes_on=True,
)
