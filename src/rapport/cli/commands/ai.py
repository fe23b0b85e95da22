"""`./rapport ai`: stops all machines at once, lets them go on, or says how things stand."""

from argparse import ArgumentParser, Namespace

from django.db import transaction
from django.db.models import QuerySet

from rapport.cli.brake import STOPPED, Pulled, brake
from rapport.cli.command import Command, Needs
from rapport.cli.console import answer, table
from rapport.cli.session import records


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
    """The switch first, which takes no time; then, with everything loaded, who pulled it and why."""
    pulled = brake()
    with records():
        from rapport.oversight.models import StopSwitch
        from rapport.oversight.stopping import INSTANCE

        with transaction.atomic():
            if pulled is Pulled.NOW:  # seen by nobody: the history tells that this pull stopped them
                QuerySet.update(StopSwitch.objects.filter(key=INSTANCE), is_pulled=False)
            StopSwitch.pull(key=INSTANCE, reason=options.reason)
    if pulled is Pulled.NOT:
        answer(STOPPED)


def _start(options: Namespace) -> None:
    with records():
        from rapport.oversight.models import StopSwitch
        from rapport.oversight.stopping import INSTANCE

        StopSwitch.objects.get(key=INSTANCE).release(reason=options.reason)
    answer("Machines may go on, within their levels.")


def _status(_options: Namespace) -> None:
    with records():
        from rapport.oversight.models import MachineRun, Proposal, ProposalState, RunState, StopSwitch

        pulled = list(StopSwitch.objects.filter(is_pulled=True).order_by("key"))
        running = MachineRun.objects.filter(state=RunState.RUNNING).count()
        waiting = Proposal.objects.filter(state=ProposalState.PENDING).count()
    stopped = [(one.key, f"{one.changed_at:%Y-%m-%d %H:%M}", one.reason) for one in pulled]
    answer(table([("STOPPED", "SINCE", "REASON"), *stopped]) if stopped else "No machine is stopped.")
    answer(f"Runs under way: {running}. Proposals that wait: {waiting}.")


COMMAND = Command("ai", "stops machines, lets them go on, says how they stand", _run, _arguments, needs=Needs.SERVER)
