"""`./rapport web`: the pages alone."""

import os
from argparse import ArgumentParser, Namespace

from rapport.cli.command import Command, Needs

MOST_PROCESSES = 4
MOST_THREADS = 8  # of each process, one page each; further requests wait. Below the size of its pool of connections.


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), help="address to listen on")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or "8000"), help="port to listen on")


def _run(options: Namespace) -> int:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    cores = os.cpu_count() or 1
    processes = int(os.environ.get("RAPPORT_WEB_WORKERS") or min(cores, MOST_PROCESSES))
    Granian(
        "rapport.config.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=min(2 * cores + 1, MOST_THREADS),
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()
    return 0


COMMAND = Command("web", "serves the pages only (./run does that and more)", _run, _arguments, needs=Needs.SERVER)
