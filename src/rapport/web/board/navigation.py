"""The board in the navigation."""

from django.utils.translation import gettext_lazy as _

from rapport.web.ui.navigation import Entry, add

add(Entry("pipeline", _("Pipeline"), "square-kanban", "pipeline", "opportunity.read", key="p", order=30, on_phone=True))
