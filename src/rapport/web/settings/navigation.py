"""The settings in the shell's navigation."""

from django.utils.translation import gettext_lazy as _

from rapport.web.ui import navigation
from rapport.web.ui.navigation import Entry, Place

navigation.add(Entry("settings", _("Settings"), icon="settings", url="settings", key="s", order=90, place=Place.FOOT))
