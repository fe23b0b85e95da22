"""What every page needs besides its own content: who is here, where they may go, what they prefer."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from rapport.activities.queries import unread_count
from rapport.core.actors import ANONYMOUS, Actor, current_actor
from rapport.core.problems import NoActor
from rapport.web.help.beside import help_address
from rapport.web.ui import kept, navigation
from rapport.web.ui.navigation import Entry, Place
from rapport.web.ui.preferences import DENSITY, NAVIGATION, THEME, Preference, chosen
from rapport.web.ui.toasts import Toast, taken_toasts

PAGE, DIALOG = "layouts/page.html", "layouts/dialog.html"


@dataclass
class Shell:
    """Computed when a template asks, so that a fragment pays for nothing it doesn't show."""

    request: HttpRequest

    @cached_property
    def actor(self) -> Actor:
        """Who is looking at the page."""
        try:
            return current_actor()
        except NoActor:
            return ANONYMOUS

    @cached_property
    def entries(self) -> list[Entry]:
        """The pages this person may open."""
        return navigation.entries(self.actor.may)

    @cached_property
    def current(self) -> Entry | None:
        """The entry this page belongs to."""
        return navigation.current_entry(self.request.path, self.entries)

    @property
    def main(self) -> SafeString:
        """Links to the pages of the daily work."""
        return self._links("fragments/navigation_links.html", [e for e in self.entries if e.place == Place.MAIN])

    @property
    def foot(self) -> SafeString:
        """Links at the foot: settings."""
        return self._links("fragments/navigation_links.html", [e for e in self.entries if e.place == Place.FOOT])

    @property
    def phone(self) -> SafeString:
        """The few links of the bottom bar."""
        return self._links("fragments/phone_links.html", [entry for entry in self.entries if entry.on_phone][:4])

    @property
    def everywhere(self) -> SafeString:
        """Links to all pages, as entries of a menu."""
        return self._links("fragments/menu_links.html", self.entries)

    def _links(self, template: str, entries: list[Entry]) -> SafeString:
        return kept.fragment(template, self.language, tuple(entries), self.current)

    @property
    def creations(self) -> SafeString:
        """The menu of what this person may create; empty when that is nothing."""
        found = tuple(navigation.creations(self.actor.may))
        return kept.fragment("fragments/creations.html", self.language, found)

    @property
    def palette(self) -> SafeString:
        """The palette, for who is signed in."""
        return kept.fragment("fragments/palette_dialog.html", self.language)

    @property
    def keys(self) -> SafeString:
        """Bindings for the browser script."""
        return kept.key_bindings(tuple(self.entries))

    @property
    def words(self) -> SafeString:
        """Sentences for the browser script."""
        return kept.words(self.language)

    @cached_property
    def chosen(self) -> dict[str, str]:
        """This browser's preferences."""
        return chosen(self.request)

    @property
    def menus(self) -> list[Preference]:
        """The preferences offered in the account menu."""
        return [THEME, DENSITY]

    @property
    def is_collapsed(self) -> bool:
        """Whether the navigation shows icons only."""
        return self.chosen[NAVIGATION.name] == "icons"

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Every language by its own name."""
        own_names = {"en": "English", "fr": "Français", "pt": "Português"}
        return [(code, own_names.get(code, code)) for code, _name in settings.LANGUAGES]

    @property
    def language(self) -> str:
        """The language of this page."""
        return get_language() or settings.LANGUAGE_CODE

    @cached_property
    def unread(self) -> int:
        """How many notifications the bell announces, counted up to 100."""
        counted: int | None = getattr(self.request, "unread_notifications", None)  # by a page that has fetched them
        if counted is not None:
            return counted
        return unread_count(self.actor) if self.actor.user_id else 0

    @property
    def help(self) -> str:
        """The address of the help about this page."""
        return help_address(self.request.path)

    def toasts(self) -> list[Toast]:
        """What is to be said now; taking them uses them up."""
        return taken_toasts(self.request)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `shell`, and `layout`, which a page extends to be right in the shared dialog too."""
    in_dialog = request.headers.get("HX-Target") == "dialog#dialog"
    return {"shell": Shell(request), "layout": DIALOG if in_dialog else PAGE, "in_dialog": in_dialog}
