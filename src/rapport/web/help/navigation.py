"""The help in the shell's navigation."""

from django.utils.translation import gettext_lazy as _

from rapport.web.ui import navigation
from rapport.web.ui.navigation import Entry, Place

navigation.add(Entry("help", _("Help"), icon="circle-question-mark", url="help", key="h", order=95, place=Place.FOOT))
