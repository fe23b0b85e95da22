"""Background work of the pipeline: parked opportunities come back."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.core.clock import today
from rapport.core.events import because
from rapport.core.jobs import job

from .models import Opportunity, Status


@job(label=gettext_lazy("Bring parked opportunities back"), schedule="5 * * * *", lock="parked-opportunities")
def bring_parked_opportunities_back() -> None:
    """Reopen the opportunities whose day has come."""
    due = Opportunity.objects.filter(status=Status.PARKED, parked_until__lte=today())
    with because(_("The day came until which it was parked.")):
        for opportunity in due.iterator():
            opportunity.reopen()
