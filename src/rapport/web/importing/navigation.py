"""The import in the shell's navigation."""

from django.utils.translation import gettext_lazy as _

from rapport.web.ui import navigation
from rapport.web.ui.navigation import Entry, Place

navigation.add(
    Entry("imports", _("Import"), icon="upload", url="imports", permission="record.import", order=80, place=Place.FOOT)
)
