"""The tables of integrations."""

from .decisions import Decision, DecisionKind
from .external_links import ExternalLink
from .imports import Import, ImportFile, Status
from .staging import Action, KnownKey, StagedRow

__all__ = [
    "Action",
    "Decision",
    "DecisionKind",
    "ExternalLink",
    "Import",
    "ImportFile",
    "KnownKey",
    "StagedRow",
    "Status",
]
