"""Why a machine does not go on."""

from typing import TYPE_CHECKING

from rapport.core.problems import Forbidden, Problem

if TYPE_CHECKING:
    from .models import Proposal


class Refused(Forbidden):
    """The machine may not do this: its action is off or unknown, or no machine ever may."""


class Stopped(Problem):
    """The switch was pulled: the machine does nothing until an administrator releases it."""


class CapReached(Problem):
    """The run has touched as many records as it may."""


class Parked(Problem):
    """The call was not carried out: it waits as a proposal, or, at the level “suggest”, is only shown."""

    def __init__(self, proposal: "Proposal") -> None:
        self.proposal = proposal
        super().__init__(f"{proposal.verb_name} waits as a proposal.")


class Stale(Problem):
    """What the proposal rests on has changed since."""
