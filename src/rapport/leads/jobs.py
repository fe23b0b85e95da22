"""Background work of leads: parked ones come back, senders of forms are forgotten."""

from django.utils.translation import gettext_lazy as _

from rapport.core.jobs import job

from .capture import forget_senders
from .parking import bring_back_due


@job(label=_("Bring parked leads back"), schedule="5 * * * *", lock="parked-leads")
def bring_parked_leads_back() -> None:
    """Take up again the leads whose day has come."""
    bring_back_due()


@job(label=_("Forget senders of forms"), schedule="35 4 * * *", lock="form-senders")
def forget_form_senders() -> None:
    """Drop the hashed network addresses that public forms were sent from."""
    forget_senders()
