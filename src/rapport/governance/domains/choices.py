"""Values taken from a list: closed lists, lists that users extend, and the standard lists of the world."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar

from babel import Locale
from babel.core import get_global
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from rapport.core.search_entries import normalise

from .base import Domain, ValueProblem, text_of

NEAR = 80.0
_TRUE = frozenset({"1", "true", "yes", "y", "on", "x", "oui", "vrai", "sim", "verdadeiro"})
_FALSE = frozenset({"0", "false", "no", "n", "off", "non", "faux", "nao", "falso"})


def squeeze(text: str) -> str:
    """Text reduced to letters and digits: what is equal so is the same value written differently."""
    return "".join(char for char in normalise(text) if char.isalnum())


def nearest(text: str, known: Mapping[str, str]) -> tuple[str, float] | None:
    """The known label most like `text` with its similarity (0 to 100), if it is near enough to propose."""
    found: tuple[str, float, str] | None = process.extractOne(
        normalise(text), {key: normalise(label) for key, label in known.items()}, scorer=fuzz.ratio
    )
    return (found[2], found[1]) if found is not None and found[1] >= NEAR else None


@dataclass(frozen=True)
class Choice(Domain):
    """One of a closed list: stored code → label; `aliases` are other spellings → code."""

    kind: ClassVar[str] = "choice"
    options: Mapping[str, str | Promise] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)

    def labels(self) -> dict[str, str]:
        """Code → label in the active language, in the list's order."""
        return {code: str(label) for code, label in self.options.items()}

    def parse(self, raw: object) -> str | None:
        """The code for a code, a label or an alias; near misses are proposed, never taken."""
        text = text_of(raw)
        if not text:
            return None
        if text in self.labels():
            return text
        code = self._spellings().get(squeeze(text))
        if code is None:
            raise self._refusal(text)
        return code

    def _spellings(self) -> dict[str, str]:
        labels = self.labels()
        known = {squeeze(code): code for code in labels} | {squeeze(label): code for code, label in labels.items()}
        return known | {squeeze(alias): code for alias, code in self.aliases.items()}

    def _refusal(self, text: str) -> ValueProblem:
        labels = self.labels()
        near = nearest(text, labels)
        if near:
            message = _("“%(text)s” is not in the list. Did you mean “%(label)s”?")
            label = labels[near[0]]
            return ValueProblem(message % {"text": text[:60], "label": label}, suggestion=near[0], similarity=near[1])
        return ValueProblem(_("“%(text)s” is not in the list. Choose one of its values.") % {"text": text[:60]})

    def display(self, value: Any) -> str:
        """The label."""
        label = self.options.get(value)  # one translated is quicker than all
        if label is not None or not value:
            return str(label or "")
        return self.labels().get(value, str(value))


@dataclass(frozen=True)
class Boolean(Domain):
    """Yes or no."""

    kind: ClassVar[str] = "boolean"

    def parse(self, raw: object) -> bool | None:
        """Yes or no in English, French or Portuguese, or 1 and 0."""
        if isinstance(raw, bool):
            return raw
        text = normalise(text_of(raw))
        if not text:
            return None
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
        raise ValueProblem(_("“%(text)s” is neither yes nor no.") % {"text": text[:60]})

    def display(self, value: Any) -> str:
        """Yes or no."""
        return "" if value is None else str(_("Yes") if value else _("No"))


@dataclass(frozen=True)
class OpenList(Domain):
    """One of a list that users extend: `known` gives the values in use, label → label."""

    kind: ClassVar[str] = "open_list"
    known: Callable[[], Mapping[str, str]] = dict
    longest: int = 80

    def labels(self) -> dict[str, str]:
        """The values in use."""
        return dict(self.known())

    def parse(self, raw: object) -> str | None:
        """The text itself, in the spelling already in use if it differs only by case, spaces or accents."""
        text = " ".join(text_of(raw).split())
        if len(text) > self.longest:
            raise ValueProblem(_("At most %(longest)d characters fit here. Shorten it.") % {"longest": self.longest})
        if not text:
            return None
        return self._spellings().get(squeeze(text), text)

    def display(self, value: Any) -> str:
        """The value, in the active language if it is one of ours."""
        return str(_(value)) if value else ""

    def _spellings(self) -> dict[str, str]:
        known = self.known()
        return {squeeze(label): value for value, label in known.items()} | {squeeze(value): value for value in known}


@cache
def _locale(language: str) -> Locale:
    spoken = language.replace("-", "_").split("_")[0]
    return Locale.parse("pt_PT" if spoken == "pt" else spoken)  # Babel takes plain "pt" for Brazil's


def _here() -> Locale:
    return _locale(get_language() or "en")


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
