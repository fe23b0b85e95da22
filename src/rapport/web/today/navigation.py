"""Today in the navigation."""

from django.utils.translation import gettext_lazy as _

from rapport.web.ui.navigation import Entry, add

add(Entry("today", _("Today"), "sun", "today", key="t", order=10, on_phone=True))
