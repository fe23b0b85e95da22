"""The board in the navigation."""

from django.utils.translation import gettext_lazy as _

from rapport.web.ui.navigation import Entry, add

add(
    Entry(
        "quality",
        _("Data quality"),
        icon="shield-check",
        url="quality",
        permission="quality.read",
        key="q",
        order=75,
    )
)
