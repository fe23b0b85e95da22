"""The lead, split by what it can do: its facts, its progress, its conversion, its coming in by a public form."""

from .facts import LeadStatus
from .lead import Lead
from .progress import OPEN_STATUSES

__all__ = ["OPEN_STATUSES", "Lead", "LeadStatus"]
