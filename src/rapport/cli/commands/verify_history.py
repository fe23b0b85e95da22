"""`./rapport verify-history`: whether somebody tampered with the history."""

from argparse import Namespace

from rapport.cli.command import Command
from rapport.cli.console import answer


def _run(options: Namespace) -> int:
    from rapport.core.seal import verify_history

    found = verify_history()
    if found.broken is not None:
        answer(f"Broken at link {found.broken.position}, event {found.broken.event_id}: {found.broken.what}.")
        return 1
    waiting = f"; {found.unsealed} new ones are not sealed yet (a job does that each minute)" if found.unsealed else ""
    answer(f"The history is whole: {found.sealed} events are as they were sealed{waiting}.")
    return 0


COMMAND = Command("verify-history", "checks the sealed history and names the first broken link", _run)
