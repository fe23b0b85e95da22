"""The tables of leads."""

from .campaign import Campaign
from .lead import Lead, LeadStatus
from .submission import FormSubmission

__all__ = ["Campaign", "FormSubmission", "Lead", "LeadStatus"]
