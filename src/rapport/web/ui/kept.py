"""Markup of the shell that is the same on thousands of pages: made once per language and set of entries, then kept.

What is kept depends on nothing but what its function is given, so that nothing ever has to be forgotten. Nothing in it
may belong to one person or one session: no names, no tokens. Gaps stand where these go, filled in for each page.
"""

from collections.abc import Hashable
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, json_script
from django.utils.safestring import SafeString, mark_safe

from rapport.web.ui import keys
from rapport.web.ui.navigation import Entry
from rapport.web.ui.preferences import DENSITY, THEME
from rapport.web.ui.words import WORDS

MOST = 512
OWN_NAMES = {"en": "English", "fr": "Français", "pt": "Português"}
GAPS = {name: f"\ue000{name}\ue001" for name in ("csrf_token", "name", "picture", "place", "bell", "proposals")}


@lru_cache(MOST)
def fragment(template: str, language: str, **shown: Hashable) -> SafeString:
    """A template that shows these things, in the language now spoken, which is `language`; with gaps (see `GAPS`)."""
    shell = {"language": language, "languages": languages(), "menus": (THEME, DENSITY)}
    return render_to_string(template, {**GAPS, **shown, **shell})


def filled(markup: SafeString, **own: str) -> SafeString:
    """Kept markup with what belongs to this page put into its gaps."""
    text = str(markup)
    for name, value in own.items():
        text = text.replace(GAPS[name], conditional_escape(value))
    return mark_safe(text)  # noqa: S308 - each part was escaped


def languages() -> list[tuple[str, str]]:
    """Every language by its own name."""
    return [(code, OWN_NAMES.get(code, code)) for code, _name in settings.LANGUAGES]


@lru_cache(MOST)
def key_bindings(entries: tuple[Entry, ...]) -> SafeString:
    """Which keys the browser script obeys."""
    return json_script(keys.bindings(list(entries)), "script-keys")


@lru_cache(MOST)
def words(language: str) -> SafeString:
    """The sentences that the browser script says, in the language now spoken, which is `language`."""
    return json_script({name: str(text) for name, text in WORDS.items()}, "script-words")
