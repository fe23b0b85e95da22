"""The tables of data quality."""

from .counting import Population, Snapshot, Tally
from .digest import DigestRefusal
from .disagreement import Disagreement, Precedence
from .dismissal import Dismissal
from .finding import Finding, FindingState
from .own_rule import OwnRule, Severity
from .running import FullRun, Recheck

__all__ = [
    "DigestRefusal",
    "Disagreement",
    "Dismissal",
    "Finding",
    "FindingState",
    "FullRun",
    "OwnRule",
    "Population",
    "Precedence",
    "Recheck",
    "Severity",
    "Snapshot",
    "Tally",
]
