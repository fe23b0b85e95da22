"""Lists of ways to reach somebody, with a kind each: e-mails, phones, postal addresses.

A list is stored as JSON `[{"kind": "work", "value": "a@b.example"}, …]`; the first entry is the main one.
"""

from dataclasses import dataclass, field
from typing import Any, ClassVar

from babel import Locale
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .base import Domain, ValueProblem, entries_of, text_of
from .contact import EmailAddress, PhoneNumber
from .texts import Text

Entry = dict[str, str]

EMAIL_KINDS: dict[str, str | Promise] = {
    "work": gettext_lazy("work"),
    "private": gettext_lazy("private"),
    "billing": gettext_lazy("billing"),
    "other": gettext_lazy("other"),
}
PHONE_KINDS: dict[str, str | Promise] = {
    "work": gettext_lazy("work"),
    "mobile": gettext_lazy("mobile"),
    "switchboard": gettext_lazy("switchboard"),
    "private": gettext_lazy("private"),
    "fax": gettext_lazy("fax"),
    "other": gettext_lazy("other"),
}
ADDRESS_KINDS: dict[str, str | Promise] = {
    "office": gettext_lazy("office"),
    "billing": gettext_lazy("billing"),
    "delivery": gettext_lazy("delivery"),
    "private": gettext_lazy("private"),
    "other": gettext_lazy("other"),
}
MOST_ENTRIES = 50
ADDRESS_PARTS = ("street", "postal_code", "city", "region", "country")


@dataclass(frozen=True)
class ContactPoints(Domain):
    """A list of ways to reach somebody, each with its kind."""

    kind: ClassVar[str] = "contact_points"
    kinds: dict[str, str | Promise] = field(default_factory=dict)
    each: Domain = field(default_factory=Domain)

    def parse(self, raw: object) -> list[Entry]:
        """A list of entries, or text with several values separated by ";", each checked; none twice."""
        entries = entries_of(raw)
        if entries is None:
            entries = [{"value": part} for part in text_of(raw).split(";")]
        check_count(entries)
        found: dict[str, Entry] = {}
        for entry in entries:
            value = self.each.parse(entry.get("value"))
            if value and value not in found:
                found[value] = {"kind": self._kind(entry.get("kind")), "value": value}
        return list(found.values())

    def _kind(self, kind: object) -> str:
        first = next(iter(self.kinds))
        return kind if isinstance(kind, str) and kind in self.kinds else first

    def display(self, value: Any) -> str:
        """The values, separated by commas."""
        return ", ".join(self.each.display(entry["value"]) for entry in value or [])

    def export(self, value: Any) -> str:
        """The values, separated by ";"."""
        return "; ".join(entry["value"] for entry in value or [])


@dataclass(frozen=True)
class Emails(ContactPoints):
    """E-mail addresses, each with its kind."""

    kind: ClassVar[str] = "emails"
    standard: ClassVar[str] = EmailAddress.standard
    kinds: dict[str, str | Promise] = field(default_factory=lambda: EMAIL_KINDS)
    each: Domain = field(default_factory=EmailAddress)


@dataclass(frozen=True)
class Phones(ContactPoints):
    """Phone numbers, each with its kind."""

    kind: ClassVar[str] = "phones"
    standard: ClassVar[str] = PhoneNumber.standard
    kinds: dict[str, str | Promise] = field(default_factory=lambda: PHONE_KINDS)
    each: Domain = field(default_factory=PhoneNumber)


@dataclass(frozen=True)
class Addresses(Domain):
    """Postal addresses: kind, street, postal code, city, region, country (ISO 3166)."""

    kind: ClassVar[str] = "addresses"
    standard: ClassVar[str] = "ISO 3166-1 for the country"

    def parse(self, raw: object) -> list[Entry]:
        """A list of entries with known parts, or one address as text (kept as the street)."""
        entries = entries_of(raw)
        if entries is None:
            entries = [{"street": text_of(raw)}]
        check_count(entries)
        cleaned = [self._clean(entry) for entry in entries]
        return [entry for entry in cleaned if any(entry.get(part) for part in ADDRESS_PARTS)]

    def _clean(self, entry: Entry) -> Entry:
        parts = {part: Text().parse(entry.get(part)) or "" for part in ADDRESS_PARTS}
        kind = entry.get("kind")
        known = kind if isinstance(kind, str) and kind in ADDRESS_KINDS else "office"
        return {"kind": str(known)} | {part: text for part, text in parts.items() if text}

    def display(self, value: Any) -> str:
        """The first address in one line."""
        return "; ".join(one_line(entry) for entry in value or [])

    def export(self, value: Any) -> str:
        """All addresses, one line each."""
        return "; ".join(one_line(entry) for entry in value or [])


def check_count(entries: list[Entry]) -> None:
    """Raise `ValueProblem` when there are more than anybody has."""
    if len(entries) > MOST_ENTRIES:
        raise ValueProblem(_("At most %(most)d values fit here. Leave some out.") % {"most": MOST_ENTRIES})


def one_line(entry: Entry) -> str:
    """An address in one line."""
    town = " ".join(entry[part] for part in ("postal_code", "city") if entry.get(part))
    country = Locale("en").territories.get(entry.get("country", ""), entry.get("country", ""))
    return ", ".join(part for part in (entry.get("street"), town, entry.get("region"), country) if part)
