"""Words that everybody guesses first here: the product's, the trade's and the host's names."""

import re
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

GUESSED_FIRST = ("rapport", "crm", "customer", "kunde", "client", "cliente", "sales", "vente", "venda", "password")
_FILLING = re.compile(r"[\W\d_]+")


class NotJustAGuess:
    """Refuses passwords that are nothing but such words, with digits and signs around them."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise `ValidationError` when nothing else is left."""
        left = _FILLING.sub("", password.lower())
        for word in sorted((*GUESSED_FIRST, *self._hosts()), key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < 4 and re.search(r"[^\W\d_]", password):
            raise ValidationError(_("This password is guessed first. Take some words that have nothing to do with it."))

    def get_help_text(self) -> str:
        """What is refused."""
        return _("It must not consist of the names of the product, the trade or this server.")

    def _hosts(self) -> list[str]:
        host = urlsplit(settings.PUBLIC_URL).hostname or ""
        return [part for part in host.lower().split(".") if len(part) > 2]
