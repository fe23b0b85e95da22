"""What every page needs besides its own content: who is here, where they may go, what they prefer."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from rapport.activities.queries import unread_count
from rapport.core.actors import ANONYMOUS, Actor, current_actor
from rapport.core.problems import NoActor
from rapport.web.help.beside import help_address
from rapport.web.ui import keys, navigation
from rapport.web.ui.navigation import Creation, Entry, Place
from rapport.web.ui.preferences import DENSITY, NAVIGATION, THEME, Preference, chosen
from rapport.web.ui.toasts import Toast, taken_toasts
from rapport.web.ui.words import WORDS

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
    def main(self) -> list[Entry]:
        """Entries of the daily work."""
        return [entry for entry in self.entries if entry.place == Place.MAIN]

    @property
    def foot(self) -> list[Entry]:
        """Entries at the foot: settings."""
        return [entry for entry in self.entries if entry.place == Place.FOOT]

    @property
    def phone(self) -> list[Entry]:
        """The few entries of the bottom bar."""
        return [entry for entry in self.entries if entry.on_phone][:4]

    @cached_property
    def creations(self) -> list[Creation]:
        """What this person may create."""
        return navigation.creations(self.actor.may)

    @property
    def keys(self) -> list[dict[str, Any]]:
        """Bindings for the browser script."""
        return keys.bindings(self.entries)

    @property
    def words(self) -> dict[str, str]:
        """Sentences for the browser script."""
        return {name: str(text) for name, text in WORDS.items()}

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
