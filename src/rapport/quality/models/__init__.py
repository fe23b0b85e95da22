"""The tables of data quality."""

from .counting import Population, Snapshot, Tally
from .digest import DigestRefusal
from .disagreement import Disagreement, Precedence
from .dismissal import Dismissal
from .duplicates import DuplicateDecision, DuplicatePair, DuplicateSearch, PairVerdict, SearchState, in_force
from .estimate import Estimate, EstimateFigures, EstimateState
from .finding import Finding, FindingState
from .own_rule import OwnRule, Severity
from .running import FullRun, Recheck

__all__ = [
    "DigestRefusal",
    "Disagreement",
    "Dismissal",
    "DuplicateDecision",
    "DuplicatePair",
    "DuplicateSearch",
    "Estimate",
    "EstimateFigures",
    "EstimateState",
    "Finding",
    "FindingState",
    "FullRun",
    "OwnRule",
    "PairVerdict",
    "Population",
    "Precedence",
    "Recheck",
    "SearchState",
    "Severity",
    "Snapshot",
    "Tally",
    "in_force",
]
