"""`./rapport worker`: the background work alone."""

import os
import signal
from argparse import ArgumentParser, Namespace

from rapport.cli.command import Command, Needs


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--concurrency", type=int, default=2, help="jobs done at a time (default 2), and as many long ones"
    )
    parser.add_argument("--queues", help="only these queues, separated by commas")


def _run(options: Namespace) -> int:
    from rapport.core.clock_jumps import when_set_back
    from rapport.core.processes import Kind, begin_to_beat
    from rapport.core.rescuing import begin_to_live
    from rapport.core.working import work

    begin_to_live()
    begin_to_beat(Kind.WORKER)
    when_set_back(_ask_to_stop)
    work(queues=options.queues.split(",") if options.queues else None, concurrency=options.concurrency)
    return 0


def _ask_to_stop() -> None:
    """End this worker after what it is at; whoever started it starts another, which reads the schedules anew."""
    os.kill(os.getpid(), signal.SIGTERM)


COMMAND = Command(
    "worker", "works in the background only (./run does that and more)", _run, _arguments, needs=Needs.DATABASE
)
