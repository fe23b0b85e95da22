"""Background work of the pipeline: parked opportunities come back."""

from django.utils.translation import gettext_lazy as _

from rapport.core.jobs import job

from .parking import bring_back_due


@job(label=_("Bring parked opportunities back"), schedule="5 * * * *", lock="parked-opportunities")
def bring_parked_opportunities_back() -> None:
    """Reopen the opportunities whose day has come."""
    bring_back_due()
