"""What every page needs besides its own content: who is here, where they may go, what they prefer."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from rapport.core.actors import ANONYMOUS, Actor, current_actor
from rapport.core.problems import NoActor
from rapport.web.help.beside import help_address
from rapport.web.oversight.waiting import Counts, counts_for
from rapport.web.ui import kept, navigation
from rapport.web.ui.navigation import Entry, Place
from rapport.web.ui.preferences import NAVIGATION, chosen
from rapport.web.ui.tags import avatar
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
    def is_signed_in(self) -> bool:
        """Whether somebody is signed in."""
        return bool(getattr(getattr(self.request, "user", None), "is_authenticated", False))

    @cached_property
    def token(self) -> str:
        """What a form must send along to be believed."""
        return get_token(self.request)

    @cached_property
    def entries(self) -> list[Entry]:
        """The pages this person may open."""
        return navigation.entries(self.actor.may)

    @cached_property
    def current(self) -> Entry | None:
        """The entry this page belongs to."""
        return navigation.current_entry(self.request.path, self.entries)

    @property
    def navigation(self) -> SafeString:
        """Links to the pages of the daily work; at the foot to the settings."""
        main = tuple(entry for entry in self.entries if entry.place == Place.MAIN)
        foot = tuple(entry for entry in self.entries if entry.place == Place.FOOT)
        markup = self._kept("navigation", main=main, foot=foot, current=self.current)
        return kept.filled(markup, csrf_token=self.token)

    @property
    def bottom_bar(self) -> SafeString:
        """On the phone: the few links of the bar, and all pages as a menu."""
        few = tuple(entry for entry in self.entries if entry.on_phone)[:4]
        return self._kept("bottom_bar", few=few, all=tuple(self.entries), current=self.current)

    @property
    def tools(self) -> SafeString:
        """At the top: search, what this person may create, help, the bell, and the account menu."""
        markup = self._kept(
            "tools",
            creations=tuple(navigation.creations(self.actor.may)),
            help=help_address(self.request.path),
            has_bell=self.is_signed_in,
            chosen=tuple(self.chosen.values()),
        )
        name = getattr(self.request.user, "name", "")
        place = self.request.get_full_path()
        counts = {"bell": self.bell, "proposals": self.proposals_mark}
        return kept.filled(markup, csrf_token=self.token, name=name, picture=avatar(name), place=place, **counts)

    @property
    def proposals_mark(self) -> SafeString:
        """The way to the proposals that wait, with their number; nothing when there are none."""
        return self._kept("proposals", waiting=self.proposals) if self.proposals else mark_safe("")

    @property
    def bell(self) -> SafeString:
        """The number on the bell; nothing when all is read."""
        return self._kept("bell", unread=self.unread) if self.unread else mark_safe("")

    @property
    def dialogs(self) -> SafeString:
        """The dialogs every page has; the palette for who is signed in."""
        return self._kept("dialogs", has_palette=self.is_signed_in)

    @property
    def empty_toast(self) -> SafeString:
        """An empty toast for the browser script."""
        return self._kept("toast", toast=None)

    def _kept(self, name: str, **shown: Hashable) -> SafeString:
        return kept.fragment(f"fragments/{name}.html", self.language, **shown)

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
    def is_collapsed(self) -> bool:
        """Whether the navigation shows icons only."""
        return self.chosen[NAVIGATION.name] == "icons"

    @property
    def languages(self) -> list[tuple[str, str]]:
        """Every language by its own name."""
        return kept.languages()

    @property
    def language(self) -> str:
        """The language of this page."""
        return get_language() or settings.LANGUAGE_CODE

    @cached_property
    def unread(self) -> int:
        """How many notifications the bell announces, counted up to 100."""
        counted: int | None = getattr(self.request, "unread_notifications", None)  # by a page that has fetched them
        return self.counts.unread if counted is None else counted

    @cached_property
    def counts(self) -> Counts:
        """What waits for this person, notifications and proposals, asked for at once."""
        return counts_for(self.actor)

    @property
    def proposals(self) -> int:
        """How many proposals wait, counted up to 100."""
        return self.counts.proposals

    def toasts(self) -> list[Toast]:
        """What is to be said now; taking them uses them up."""
        return taken_toasts(self.request)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `shell`, and `layout`, which a page extends to be right in the shared dialog too."""
    in_dialog = request.headers.get("HX-Target") == "dialog#dialog"
    here = Shell(request)
    token = SimpleLazyObject(lambda: here.token)  # one for all forms of the page: Django would make others
    return {"shell": here, "csrf_token": token, "layout": DIALOG if in_dialog else PAGE, "in_dialog": in_dialog}
