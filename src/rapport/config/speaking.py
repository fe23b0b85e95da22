"""Texts, the language and the time zone, looked up quickly: a page does so hundreds of times.

Django keeps language and zone for each context, which event loops need: a look-up takes eight calls. Our web processes
have threads and no loop, where what Python keeps for each thread says the same. And Django searches several catalogues
for each text; here they are one.
"""

import threading
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import trans_real


class OneCatalogue(dict[Any, str]):
    """All texts of a language under one key each; plural forms are chosen by the catalogue that has the text."""

    def __init__(self, several: trans_real.TranslationCatalog) -> None:
        super().__init__()
        for catalogue in reversed(several._catalogs):  # noqa: SLF001 - Django has no public way to read them
            super().update(catalogue)
        self.plural = several.plural


def speak_quickly(languages: Iterable[str] | None = None) -> None:
    """For a process whose pages are made by threads, once at its start."""
    for keeper in (trans_real, timezone):
        vars(keeper)["_active"] = threading.local()
    for language in languages or dict(settings.LANGUAGES):
        kept = vars(trans_real.translation(language))
        if isinstance(kept["_catalog"], trans_real.TranslationCatalog):
            kept["_catalog"] = OneCatalogue(kept["_catalog"])
