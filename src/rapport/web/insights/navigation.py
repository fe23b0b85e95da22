"""Insights in the navigation."""

from django.utils.translation import gettext_lazy as _

from rapport.web.ui.navigation import Entry, add

add(Entry("insights", _("Insights"), icon="lightbulb", url="insights", permission="insights.read", key="i", order=70))
