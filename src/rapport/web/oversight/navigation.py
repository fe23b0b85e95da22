"""Proposals and AI control in the navigation."""

from django.utils.translation import gettext_lazy as _

from rapport.web.ui.navigation import Entry, add

add(Entry("proposals", _("Proposals"), "sparkles", "proposals", permission="proposal.accept", key="m", order=14))
add(Entry("ai-control", _("AI control"), "bot", "ai-control", order=80))
