"""Insights in the navigation, and each of their questions in the palette."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from rapport.core.actors import current_actor
from rapport.web.ui.navigation import Entry, add
from rapport.web.ui.palette import MORE_PAGES, PaletteItem

from .questions import questions_for

add(Entry("insights", _("Insights"), icon="lightbulb", url="insights", permission="insights.read", key="i", order=70))


def _pages() -> Iterator[PaletteItem]:
    for one in questions_for(current_actor()):
        yield PaletteItem(one.title, one.href, one.icon, detail=_("Insights"))


MORE_PAGES.append(_pages)
