"""The settings in the shell's navigation, and each of their pages in the palette."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from rapport.core.actors import current_actor
from rapport.web.ui import navigation
from rapport.web.ui.navigation import Entry, Place
from rapport.web.ui.palette import MORE_PAGES, PaletteItem

from .sections import sections

navigation.add(Entry("settings", _("Settings"), icon="settings", url="settings", key="s", order=90, place=Place.FOOT))


def _pages() -> Iterator[PaletteItem]:
    for one in sections(current_actor().may):
        yield PaletteItem(one.label, one.href, one.icon, detail=_("Settings"))


MORE_PAGES.append(_pages)
