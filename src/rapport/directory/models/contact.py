"""How somebody is reached: the columns that organisations and people share, and what they are found by."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.core.values_field import EntriesField

_NOT_DIGITS = re.compile(r"\D+")


class Reachable(models.Model):
    """Adds e-mails, phones and addresses: lists of entries with a kind each, the main one first."""

    emails = EntriesField(_("e-mails"), default=list, blank=True)
    phones = EntriesField(_("phones"), default=list, blank=True)
    addresses = EntriesField(_("addresses"), default=list, blank=True)

    class Meta:
        abstract = True

    @property
    def email(self) -> str:
        """The main e-mail address, or nothing."""
        return self.emails[0]["value"] if self.emails else ""

    @property
    def phone(self) -> str:
        """The main phone number, or nothing."""
        return self.phones[0]["value"] if self.phones else ""


def contact_text(values: Mapping[str, Any]) -> str:
    """What somebody is found by besides the name: addresses as written, phone numbers also as bare digits."""
    phones = [entry["value"] for entry in values.get("phones") or ()]
    towns = [entry.get("city", "") for entry in values.get("addresses") or ()]
    emails = [entry["value"] for entry in values.get("emails") or ()]
    return joined([*emails, *phones, *(_NOT_DIGITS.sub("", phone) for phone in phones), *towns])


def joined(parts: Iterable[object]) -> str:
    """The parts that say something, separated by spaces."""
    return " ".join(str(part) for part in parts if part)
