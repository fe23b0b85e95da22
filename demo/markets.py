"""The markets Northmere sells in: currency, language of business, legal forms."""

from dataclasses import dataclass
from functools import cache

from demo.chance import Chance
from demo.sources import rows

NAME_LANGUAGES = {
    "FR": "fr",
    "BE": "fr",
    "PT": "pt",
    "ES": "es",
    "IT": "it",
    "NL": "nl",
    "SE": "sv",
    "PL": "pl",
    "DK": "da",
    "DE": "de",
    "AT": "de",
}


@dataclass(frozen=True)
class Market:
    """A country; `language` is the one business is done in: English, French or Portuguese."""

    code: str
    name: str
    currency: str
    language: str
    forms: tuple[str, ...]
    share: int

    @property
    def name_language(self) -> str:
        """The language in which companies and people are named."""
        return NAME_LANGUAGES.get(self.code, "en")


@cache
def markets() -> tuple[Market, ...]:
    """All markets."""
    return tuple(
        Market(code, name, currency, language, tuple(forms.split(",")), int(share))
        for code, name, currency, language, forms, share in rows("places", "countries")
    )


def any_market(chance: Chance) -> Market:
    """A market, by its share of customers."""
    return chance.weighted(markets(), weights=[each.share for each in markets()])
