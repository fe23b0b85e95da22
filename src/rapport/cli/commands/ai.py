"""`./rapport ai`: stops all machines at once, lets them go on, or says how things stand."""

from argparse import ArgumentParser, Namespace

from rapport.cli.command import Command
from rapport.cli.console import answer, table


def _arguments(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    stop = actions.add_parser("stop", help="stops every machine; nothing of theirs is written after this has answered")
    stop.add_argument("--reason", default="", help="why, for the history")
    stop.set_defaults(action=_stop)
    start = actions.add_parser("start", help="lets machines go on, within their levels")
    start.add_argument("--reason", required=True, help="why, for the history")
    start.set_defaults(action=_start)
    status = actions.add_parser("status", help="prints which machines are stopped, what runs and what waits")
    status.set_defaults(action=_status)


def _run(options: Namespace) -> int:
    options.action(options)
    return 0


def _stop(options: Namespace) -> None:
    from rapport.oversight.models import StopSwitch
    from rapport.oversight.stopping import INSTANCE

    StopSwitch.pull(key=INSTANCE, reason=options.reason)
    answer("Machines are stopped. `./rapport ai start --reason …` lets them go on.")


def _start(options: Namespace) -> None:
    from rapport.oversight.models import StopSwitch
    from rapport.oversight.stopping import INSTANCE

    StopSwitch.objects.get(key=INSTANCE).release(reason=options.reason)
    answer("Machines may go on, within their levels.")


def _status(_options: Namespace) -> None:
    from rapport.oversight.models import MachineRun, Proposal, ProposalState, RunState, StopSwitch

    pulled = StopSwitch.objects.filter(is_pulled=True).order_by("key")
    answer(
        table(
            [
                ("STOPPED", "SINCE", "REASON"),
                *((one.key, f"{one.changed_at:%Y-%m-%d %H:%M}", one.reason) for one in pulled),
            ]
        )
    )
    running = MachineRun.objects.filter(state=RunState.RUNNING).count()
    waiting = Proposal.objects.filter(state=ProposalState.PENDING).count()
    answer(f"{running} runs under way, {waiting} proposals wait.")


COMMAND = Command("ai", "stops machines, lets them go on, says how they stand", _run, _arguments)
