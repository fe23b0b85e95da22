"""The leads of a campaign."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from rapport.leads.models import Lead
from rapport.web.places import record_address
from rapport.web.records.related import RelatedPanel, Row
from rapport.web.ui import formats


class LeadsOfCampaign(RelatedPanel):
    """Who came through a campaign."""

    key, title, icon = "leads", _("Leads"), "user-plus"
    permission = "lead.read"
    related_type, link = "lead", "campaign"
    nothing = _("No leads yet.")

    def row(self, record: Any) -> Row:
        """With state and day."""
        lead: Lead = record
        address = record_address("lead", lead.pk)
        return Row(lead.title, address, aside=lead.get_status_display(), more=formats.day(lead.received_on))
