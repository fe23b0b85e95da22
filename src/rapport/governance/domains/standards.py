"""The standard lists of the world: countries, currencies, languages and time zones, named in the active language."""

from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from babel import Locale
from babel.core import get_global
from django.utils.translation import get_language

from rapport.core.search_entries import normalise

from .base import text_of
from .choices import Choice, squeeze


@cache
def _locale(language: str) -> Locale:
    spoken = language.replace("-", "_").split("_")[0]
    return Locale.parse("pt_PT" if spoken == "pt" else spoken)  # Babel takes plain "pt" for Brazil's


_NO_COUNTRIES = frozenset({"EU", "ZZ"})
"""Codes among Unicode's territories that stand for the European Union and for no country that is known."""


@cache
def _countries(language: str) -> dict[str, str]:
    names = _locale(language).territories
    used = get_global("territory_currencies").keys() - _NO_COUNTRIES
    codes = [code for code in used if len(code) == 2 and code.isalpha() and code in names]
    return dict(sorted(((code, names[code]) for code in codes), key=lambda item: normalise(item[1])))


@cache
def _country_spellings() -> dict[str, str]:
    spellings = {squeeze(name): code for lang in ("pt", "fr", "en") for code, name in _countries(lang).items()}
    spellings |= {squeeze(code): code for code in _countries("en")}
    return _in_their_own_languages() | spellings | FURTHER_NAMES


# What people call them beside the names that Unicode's tables give: parts that stand for the whole, former names.
FURTHER_NAMES = {
    **dict.fromkeys(("uk", "england", "scotland", "wales", "northernireland", "greatbritain", "britain"), "GB"),
    "usa": "US",
    "america": "US",
    "holland": "NL",
    "thenetherlands": "NL",
    "uae": "AE",
    "turkey": "TR",
    "ivorycoast": "CI",
    "swaziland": "SZ",
    "burma": "MM",
    "macedonia": "MK",
    "vatican": "VA",
    "holysee": "VA",
    "hellas": "GR",
    "easttimor": "TL",
    "capeverde": "CV",
    "thegambia": "GM",
    "thephilippines": "PH",
}
_SPOKEN = (
    *("de", "es", "it", "nl", "pl", "sv", "da", "nb", "fi", "cs", "sk", "hu", "ro", "bg", "hr", "sl", "el", "et", "lv"),
    *("lt", "ga", "mt", "tr", "ru", "uk", "sr", "ar", "he", "zh", "ja", "ko", "hi", "ca"),
)


def _in_their_own_languages() -> dict[str, str]:
    """Names in the languages of Europe and the largest others; a name that means two countries is left out."""
    found: dict[str, set[str]] = {}
    for language in _SPOKEN:
        names = Locale.parse(language).territories
        for code in _countries("en"):
            if code in names:
                found.setdefault(squeeze(names[code]), set()).add(code)
    return {name: codes.pop() for name, codes in found.items() if name and len(codes) == 1}


@dataclass(frozen=True)
class Country(Choice):
    """A country."""

    kind: ClassVar[str] = "choice"
    standard: ClassVar[str] = "ISO 3166-1 alpha-2"

    def labels(self) -> dict[str, str]:
        """Code → name in the active language, by name."""
        return _countries(get_language() or "en")

    def _spellings(self) -> dict[str, str]:
        return _country_spellings()


@cache
def _currencies(language: str) -> dict[str, str]:
    now_used = {
        entry[0] for spans in get_global("territory_currencies").values() for entry in spans if entry[2] is None
    }
    names = _locale(language).currencies
    return {code: f"{code} – {names[code]}" for code in sorted(now_used) if code in names}


@cache
def _currency_spellings() -> dict[str, str]:
    named = {(lang, code): name for lang in ("pt", "fr", "en") for code, name in _currencies(lang).items()}
    spellings = {squeeze(name.split(" – ")[1]): code for (_, code), name in named.items()}
    return spellings | {squeeze(code): code for code in _currencies("en")}


@dataclass(frozen=True)
class Currency(Choice):
    """A currency in use."""

    kind: ClassVar[str] = "choice"
    standard: ClassVar[str] = "ISO 4217"

    def labels(self) -> dict[str, str]:
        """Code → code and name in the active language."""
        return _currencies(get_language() or "en")

    def _spellings(self) -> dict[str, str]:
        return _currency_spellings()

    def parse(self, raw: object) -> str | None:
        """The code; the signs €, $ and £ are read too."""
        return {"€": "EUR", "$": "USD", "£": "GBP"}.get(text_of(raw)) or super().parse(raw)

    def display(self, value: Any) -> str:
        """The code alone, as it stands beside amounts."""
        return value or ""


@cache
def _languages(language: str) -> dict[str, str]:
    names = _locale(language).languages
    return dict(
        sorted(((c, n.capitalize()) for c, n in names.items() if len(c) == 2), key=lambda item: normalise(item[1]))
    )


@cache
def _language_spellings() -> dict[str, str]:
    spellings = {squeeze(name): code for lang in ("pt", "fr", "en") for code, name in _languages(lang).items()}
    return spellings | {code: code for code in _languages("en")}


@dataclass(frozen=True)
class Language(Choice):
    """A language that people speak."""

    kind: ClassVar[str] = "choice"
    standard: ClassVar[str] = "ISO 639-1"

    def labels(self) -> dict[str, str]:
        """Code → name in the active language."""
        return _languages(get_language() or "en")

    def _spellings(self) -> dict[str, str]:
        return _language_spellings()


@dataclass(frozen=True)
class TimeZone(Choice):
    """A time zone of the IANA database."""

    kind: ClassVar[str] = "choice"
    standard: ClassVar[str] = "IANA time zone database"

    def labels(self) -> dict[str, str]:
        """Names such as Europe/Lisbon."""
        from zoneinfo import available_timezones  # reads the disk: only when asked

        names = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
        return {"UTC": "UTC"} | {name: name.replace("_", " ") for name in names}
