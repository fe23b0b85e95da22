"""The tables of leads."""

from .campaign import Campaign, CampaignKind
from .lead import OPEN_STATUSES, Lead, LeadStatus
from .submission import FormSubmission

__all__ = ["OPEN_STATUSES", "Campaign", "CampaignKind", "FormSubmission", "Lead", "LeadStatus"]
