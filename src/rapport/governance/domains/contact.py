"""Single ways to reach somebody: e-mail address, phone number, web address."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar
from urllib.parse import urlsplit

import phonenumbers
from django.utils.translation import gettext as _
from email_validator import EmailNotValidError, validate_email

from .base import Domain, ValueProblem, text_of

_LONGEST_LOCAL_PART = 60
_E164 = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
_TELLING_DIGITS = 6
_PLAIN_LOCAL_PART = re.compile(r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*")


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
