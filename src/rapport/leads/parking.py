"""Parked leads: they come back by themselves on the day until which they were parked."""

from django.utils.translation import gettext as _

from rapport.core.clock import today
from rapport.core.events import because

from .models import Lead, LeadStatus


def bring_back_due() -> int:
    """Take up again the leads whose day has come; returns how many there were."""
    due = list(Lead.objects.filter(status=LeadStatus.PARKED, parked_until__lte=today()))
    with because(_("The day came until which it was parked.")):
        for lead in due:
            lead.reopen()
    return len(due)
