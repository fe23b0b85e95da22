"""The tables of integrations."""

from .decisions import Decision, DecisionKind
from .downloads import Download, DownloadState
from .external_links import ExternalLink
from .imports import Import, ImportFile, Status
from .staging import Action, KnownKey, StagedRow
from .webhooks import Delivery, DeliveryState, Webhook

__all__ = [
    "Action",
    "Decision",
    "DecisionKind",
    "Delivery",
    "DeliveryState",
    "Download",
    "DownloadState",
    "ExternalLink",
    "Import",
    "ImportFile",
    "KnownKey",
    "StagedRow",
    "Status",
    "Webhook",
]
