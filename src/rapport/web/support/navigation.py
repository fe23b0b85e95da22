"""Creating tickets from anywhere."""

from django.utils.translation import gettext_lazy as _

from rapport.web.ui import navigation
from rapport.web.ui.navigation import Creation

navigation.add_creation(
    Creation(
        "ticket",
        _("Ticket"),
        icon="life-buoy",
        url="ticket-new",
        permission="ticket.create",
        order=70,
    )
)
