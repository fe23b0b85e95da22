"""Ways to reach somebody: e-mail, phone, web, postal address; singly and as lists with a kind each.

A list is stored as JSON `[{"kind": "work", "value": "a@b.example"}, …]`; the first entry is the main one.
"""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, ClassVar
from urllib.parse import urlsplit

import phonenumbers
from babel import Locale
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from email_validator import EmailNotValidError, validate_email

from .base import Domain, ValueProblem, entries_of, text_of
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
_LONGEST_LOCAL_PART = 60
_E164 = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
_TELLING_DIGITS = 6
_PLAIN_LOCAL_PART = re.compile(r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*")
MOST_ENTRIES = 50
ADDRESS_PARTS = ("street", "postal_code", "city", "region", "country")


@dataclass(frozen=True)
class EmailAddress(Domain):
    """One e-mail address."""

    kind: ClassVar[str] = "email"
    standard: ClassVar[str] = "RFC 5322, RFC 6531"

    def parse(self, raw: object) -> str | None:
        """The address, its domain in lower case."""
        text = text_of(raw).removeprefix("mailto:")
        if not text:
            return None
        try:
            return _normalised_address(text)
        except EmailNotValidError:
            message = _("“%(text)s” is not an e-mail address. Write it like name@company.com.")
            raise ValueProblem(message % {"text": text[:80]}) from None


def _normalised_address(text: str) -> str:
    """The address in its normal form; of addresses with a plain local part only the domain is checked, once each."""
    local, _at, domain = text.rpartition("@")
    if len(local) <= _LONGEST_LOCAL_PART and _PLAIN_LOCAL_PART.fullmatch(local):
        return f"{local}@{_checked_domain(domain)}"
    return validate_email(text, check_deliverability=False, test_environment=True).normalized


@lru_cache(maxsize=65_536)
def _checked_domain(domain: str) -> str:
    return validate_email(f"a@{domain}", check_deliverability=False, test_environment=True).domain


@dataclass(frozen=True)
class PhoneNumber(Domain):
    """One phone number; without a country prefix it is read in `region` where that is given."""

    kind: ClassVar[str] = "phone"
    standard: ClassVar[str] = "ITU-T E.164"
    region: str | None = None

    def parse(self, raw: object) -> str | None:
        """The number in E.164 when it can be told, with an extension kept; else as written if it has 5 to 20 digits."""
        text = text_of(raw).removeprefix("tel:")
        if not text:
            return None
        if _E164.fullmatch(text) and _is_possible(text[:_TELLING_DIGITS], len(text)):
            return text
        try:
            number = phonenumbers.parse(text, self.region)
            if phonenumbers.is_possible_number(number):
                return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) + _extension(number)
        except phonenumbers.NumberParseException:
            pass
        digits = sum(char.isdigit() for char in text)
        if not 5 <= digits <= 20 or len(text) > 40:
            raise ValueProblem(
                _("“%(text)s” is not a phone number. Write it like +351 213 000 000.") % {"text": text[:60]}
            )
        return text

    def display(self, value: Any) -> str:
        """The number spaced as its country writes it."""
        return display_phone(value) if value else ""


@lru_cache(maxsize=65_536)
def _is_possible(beginning: str, length: int) -> bool:
    """Whether a number in E.164 that begins so and is this long is possible: its country and length decide that."""
    text = beginning.ljust(length, "1")
    try:
        number = phonenumbers.parse(text)
    except phonenumbers.NumberParseException:
        return False
    return (
        phonenumbers.is_possible_number(number)
        and phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) == text
    )


def _extension(number: phonenumbers.PhoneNumber) -> str:
    return f" x{number.extension}" if number.extension else ""


@lru_cache(maxsize=20_000)
def display_phone(value: str) -> str:
    """A stored number in international format."""
    if not value.startswith("+"):
        return value
    try:
        return phonenumbers.format_number(phonenumbers.parse(value), phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    except phonenumbers.NumberParseException:
        return value


@dataclass(frozen=True)
class WebAddress(Domain):
    """A web address; http and https only."""

    kind: ClassVar[str] = "url"
    standard: ClassVar[str] = "RFC 3986"

    def parse(self, raw: object) -> str | None:
        """The address, with https:// put before a bare host name."""
        text = text_of(raw)
        if not text:
            return None
        address = text if "://" in text else f"https://{text}"
        try:
            parts = urlsplit(address)
            host = parts.hostname or ""
        except ValueError:
            parts, host = urlsplit(""), ""
        if parts.scheme not in ("http", "https") or "." not in host or " " in address or len(address) > 300:
            raise ValueProblem(
                _("“%(text)s” is not a web address. Write it like https://company.com.") % {"text": text[:80]}
            )
        return address


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
