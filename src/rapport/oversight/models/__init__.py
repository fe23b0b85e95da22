"""The tables of oversight."""

from .alarm import Alarm
from .autonomy_level import AutonomyLevel
from .machine_run import MachineRun, RunState
from .outcome import Became, Outcome
from .own_answer import OwnAnswer
from .proposal import Proposal, ProposalState
from .stop_drill import DrillState, StopDrill
from .stop_switch import StopSwitch
from .trial import Trial, TrialState
from .trial_case import MachineEstimate, TrialCase
from .vigilance import Vigilance

__all__ = [
    "Alarm",
    "AutonomyLevel",
    "Became",
    "DrillState",
    "MachineEstimate",
    "MachineRun",
    "Outcome",
    "OwnAnswer",
    "Proposal",
    "ProposalState",
    "RunState",
    "StopDrill",
    "StopSwitch",
    "Trial",
    "TrialCase",
    "TrialState",
    "Vigilance",
]
