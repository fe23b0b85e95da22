"""Values of lists: choices somebody gives, and currencies."""

from collections.abc import Mapping
from typing import NamedTuple

from babel import Locale
from django.utils.translation import gettext as _
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from rapport.core.search_entries import normalise
from rapport.governance.domains import Currency
from rapport.governance.domains.choices import squeeze

from .verdict import Context, Verdict, bad, doubtful, good

_SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "zł": "PLN",
    "R$": "BRL",
    "₹": "INR",
    "₺": "TRY",
    "₩": "KRW",
    "₽": "RUB",
    "US$": "USD",
    "C$": "CAD",
    "CA$": "CAD",
    "A$": "AUD",
    "AU$": "AUD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD",
    "JP¥": "JPY",
    "CN¥": "CNY",
    "Kč": "CZK",
    "Ft": "HUF",
    "₪": "ILS",
    "₴": "UAH",
}
_SHARED_SIGNS = ("$", "¥", "kr", "Fr")
_SHARED_NAMES = frozenset(
    {
        "dollar",
        "dolar",
        "pound",
        "franc",
        "krone",
        "krona",
        "crown",
        "peso",
        "dinar",
        "rupee",
        "real",
        "livre",
        "couronne",
        "libra",
    }
)
_NO_CURRENCIES = frozenset({"XXX", "XTS"})  # ISO 4217 keeps them for "none" and for tests
_NEAR = 80.0
_CLEAR = 8.0  # how much likelier the best must be than the next


class Near(NamedTuple):
    """A value of a list and how like it the text is, from 0 to 100."""

    key: str
    similarity: float


def check_choice(value: str, context: Context) -> Verdict:
    """Judge a value against those that exist."""
    if not context.choices:
        return bad(_("There is nothing to choose from: give the values that exist."), confidence=1.0)
    if value in context.choices:
        return good(value, value, _("It is one of the values."))
    same = [choice for choice in context.choices if squeeze(choice) == squeeze(value)]
    if len(same) == 1:
        return doubtful(_("It is one of the values, written differently."), same[0], confidence=0.99)
    return near_choice(value, {choice: choice for choice in context.choices})


def near_choice(value: str, known: Mapping[str, str]) -> Verdict:
    """The verdict on a text that is no value of a list (key → label): the nearest is proposed if it stands out."""
    near = nearest(value, known)
    if near is None:
        return bad(_("It is none of the values, and like none of them."), confidence=0.95)
    confidence = round(min(0.99, 0.5 + near.similarity / 200), 2)
    return bad(
        _("It is none of the values; “%(near)s” is the nearest.") % {"near": known[near.key]},
        near.key,
        confidence=confidence,
    )


def nearest(value: str, known: Mapping[str, str]) -> Near | None:
    """The one value that is clearly nearest to a text; other digits make another thing, not a slip."""
    text, digits = normalise(value), _digits(value)
    ranked = sorted(
        (
            Near(key, _similarity(text, normalise(label)))
            for key, label in known.items()
            if not digits or digits == _digits(label)
        ),
        key=lambda near: -near.similarity,
    )
    if not ranked or ranked[0].similarity < _NEAR:
        return None
    if len(ranked) > 1 and ranked[0].similarity - ranked[1].similarity < _CLEAR:
        return None
    return ranked[0]


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _similarity(one: str, other: str) -> float:
    """Swapped letters count as one slip; words may stand in another order."""
    ratio = 100 * OSA.normalized_similarity(one, other)
    return max(ratio, fuzz.token_sort_ratio(one, other) - 1)


def check_currency(value: str, context: Context) -> Verdict:
    """Judge a currency: its ISO 4217 code, a sign or a name."""
    if value in _SHARED_SIGNS or normalise(value).rstrip("s") in _SHARED_NAMES:
        return _of_country(context) or doubtful(_("Several countries call theirs so: write the code."), confidence=0.99)
    code = _SIGNS.get(value) or _code_of(value)
    is_one = code and code not in _NO_CURRENCIES
    return good(value, code, _("It is a currency in use.")) if code and is_one else _misspelt_currency(value)


def _misspelt_currency(value: str) -> Verdict:
    swapped = [
        known for known in Currency().labels() if known != value.upper() and sorted(known) == sorted(value.upper())
    ]
    if len(value) == 3 and len(swapped) == 1:
        return bad(_("There is no such currency; the letters are probably swapped."), swapped[0], confidence=0.8)
    near = nearest(value, dict(Locale("en").currencies)) if len(value) > 3 else None
    if near:
        return bad(_("There is no such currency; this is the nearest."), near.key, confidence=0.9)
    return bad(_("There is no such currency: write its code, such as EUR."), confidence=0.97)


def _code_of(value: str) -> str | None:
    folded = normalise(value).rstrip("s")
    plain = {
        "euro": "EUR",
        "us dollar": "USD",
        "pound sterling": "GBP",
        "sterling": "GBP",
        "swiss franc": "CHF",
        "yen": "JPY",
        "yuan": "CNY",
        "renminbi": "CNY",
        "rmb": "CNY",
        "zloty": "PLN",
        "złoty": "PLN",
        "forint": "HUF",
    }
    return plain.get(folded) or Currency()._spellings().get(squeeze(value))  # noqa: SLF001 - the one list of names


def _of_country(context: Context) -> Verdict | None:
    own = {
        "US": "USD",
        "CA": "CAD",
        "AU": "AUD",
        "JP": "JPY",
        "CN": "CNY",
        "SE": "SEK",
        "NO": "NOK",
        "DK": "DKK",
        "CH": "CHF",
    }
    code = own.get(context.country)
    if code is None:
        return None
    words = {"country": context.country, "code": code}
    return doubtful(_("The sign is shared; in %(country)s it means %(code)s.") % words, code, confidence=0.95)
