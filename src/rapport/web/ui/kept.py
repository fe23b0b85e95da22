"""Markup of the shell that is the same on thousands of pages: made once per language and set of entries, then kept.

What is kept depends on nothing but what its function is given, so that nothing ever has to be forgotten. Nothing in it
may belong to one person or one session: no names, no tokens.
"""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import json_script
from django.utils.safestring import SafeString

from rapport.web.ui import keys
from rapport.web.ui.navigation import Creation, Entry
from rapport.web.ui.words import WORDS

MOST = 512


@lru_cache(MOST)
def fragment(
    template: str, language: str, entries: tuple[Entry | Creation, ...] = (), current: Entry | None = None
) -> SafeString:
    """A template that shows these entries, in the language now spoken, which is `language`."""
    return render_to_string(template, {"entries": entries, "current": current})


@lru_cache(MOST)
def key_bindings(entries: tuple[Entry, ...]) -> SafeString:
    """Which keys the browser script obeys."""
    return json_script(keys.bindings(list(entries)), "script-keys")


@lru_cache(MOST)
def words(language: str) -> SafeString:
    """The sentences that the browser script says, in the language now spoken, which is `language`."""
    return json_script({name: str(text) for name, text in WORDS.items()}, "script-words")
