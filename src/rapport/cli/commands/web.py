"""`./rapport web`: the pages alone."""

import hashlib
import os
import shutil
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from rapport.cli.command import Command, Needs
from rapport.core.home import home_folder

MOST_PROCESSES = 4
STOP_PATIENCE = 15  # seconds a request may still take when the server is asked to stop


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), help="address to listen on")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or "8000"), help="port to listen on")


def _run(options: Namespace) -> int:
    from django.conf import settings
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    _prepare_for_processes(options.port)
    Granian(
        "rapport.config.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=_processes(),
        blocking_threads=settings.WEB_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_PATIENCE,
        log_level=LogLevels.error,
        log_dictconfig=settings.LOGGING,
        websockets=False,
    ).serve()
    return 0


def _processes() -> int:
    return int(os.environ.get("RAPPORT_WEB_WORKERS") or min(os.cpu_count() or 1, MOST_PROCESSES))


def _prepare_for_processes(port: int) -> None:
    """What all processes of this server read from the environment, and the folder where they add up their figures.

    The folder is in memory: a file mapped into memory ends its process when the disk below is full.
    """
    digest = hashlib.sha256(f"{home_folder()}:{port}".encode()).hexdigest()[:12]
    shared = Path("/dev/shm")  # noqa: S108
    memory = shared if os.access(shared, os.W_OK) else Path(tempfile.gettempdir())
    figures = memory / f"rapport-figures-{os.geteuid()}-{digest}"
    shutil.rmtree(figures, ignore_errors=True)
    figures.mkdir(mode=0o700)
    os.environ |= {"RAPPORT_PROCESS": "web", "PROMETHEUS_MULTIPROC_DIR": str(figures)}


COMMAND = Command("web", "serves the pages only (./run does that and more)", _run, _arguments, needs=Needs.SERVER)
