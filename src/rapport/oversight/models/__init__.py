"""The tables of oversight."""

from .autonomy_level import AutonomyLevel
from .machine_run import MachineRun, RunState
from .proposal import Proposal, ProposalState
from .stop_switch import StopSwitch
from .vigilance import Vigilance

__all__ = ["AutonomyLevel", "MachineRun", "Proposal", "ProposalState", "RunState", "StopSwitch", "Vigilance"]
