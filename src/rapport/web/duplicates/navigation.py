"""Duplicates in the shell's navigation."""

from django.utils.translation import gettext_lazy as _

from rapport.web.ui import navigation
from rapport.web.ui.navigation import Entry

navigation.add(
    Entry("duplicates", _("Duplicates"), icon="copy", url="duplicates", permission="duplicatedecision.decide", order=78)
)
