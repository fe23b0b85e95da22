"""Creating leads and campaigns from anywhere."""

from django.utils.translation import gettext_lazy as _

from rapport.web.ui import navigation
from rapport.web.ui.navigation import Creation

navigation.add_creation(
    Creation(
        "lead",
        _("Lead"),
        icon="user-search",
        url="lead-new",
        permission="lead.create",
        order=40,
    )
)
navigation.add_creation(
    Creation(
        "campaign",
        _("Campaign"),
        icon="megaphone",
        url="campaign-new",
        permission="campaign.create",
        order=95,
    )
)
