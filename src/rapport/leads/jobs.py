"""Background work of leads: parked ones come back, senders of forms are forgotten."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rapport.core.clock import today
from rapport.core.events import because
from rapport.core.jobs import job

from .capture import forget_senders
from .models import Lead, LeadStatus


@job(label=gettext_lazy("Bring parked leads back"), schedule="5 * * * *", lock="parked-leads")
def bring_parked_leads_back() -> None:
    """Take up again the leads whose day has come."""
    due = Lead.objects.filter(status=LeadStatus.PARKED, parked_until__lte=today())
    with because(_("The day came until which it was parked.")):
        for lead in due.iterator():
            lead.reopen()


@job(label=gettext_lazy("Forget senders of forms"), schedule="35 4 * * *", lock="form-senders")
def forget_form_senders() -> None:
    """Drop the hashed network addresses that public forms were sent from."""
    forget_senders()
