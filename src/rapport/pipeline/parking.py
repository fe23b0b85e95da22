"""Parked opportunities: they come back by themselves on the day until which they were parked."""

from django.utils.translation import gettext as _

from rapport.core.clock import today
from rapport.core.events import because

from .models import Opportunity, Status


def bring_back_due() -> int:
    """Reopen the opportunities whose day has come; returns how many there were."""
    due = list(Opportunity.objects.filter(status=Status.PARKED, parked_until__lte=today()))
    with because(_("The day came until which it was parked.")):
        for opportunity in due:
            opportunity.reopen()
    return len(due)
