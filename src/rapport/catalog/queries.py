"""Questions to the catalogue: our currency, what others are worth, what a product costs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db.models import Q, QuerySet

from rapport.core.clock import today
from rapport.core.often_asked import often_asked

from .models import Currency, Price, Product
from .models.currency import base_currency

__all__ = ["Rates", "Total", "base_currency", "current_rates", "price_of", "total_of"]


@dataclass(frozen=True)
class Rates:
    """What currencies are worth in the base currency at present."""

    base: str
    by_code: Mapping[str, Decimal]

    def in_base(self, amount: Decimal, currency: str) -> Decimal | None:
        """The amount in the base currency; None when the rate is unknown. No currency means the base one."""
        rate = Decimal(1) if currency in ("", self.base) else self.by_code.get(currency)
        return None if rate is None else amount * rate


@dataclass(frozen=True)
class Total:
    """Amounts added up in the base currency; `left_out` are the currencies whose rate is unknown."""

    amount: Decimal
    currency: str
    left_out: tuple[str, ...] = ()


def current_rates() -> Rates:
    """The rates now in force, with one query."""
    rows = _worths()
    base = next((code for code, _rate, is_base in rows if is_base), settings.BASE_CURRENCY)
    return Rates(base, {code: rate for code, rate, _is_base in rows if rate is not None})


@often_asked
def _worths() -> "QuerySet[Currency, tuple[str, Decimal | None, bool]]":
    return Currency.objects.values_list("code", "rate", "is_base")


def total_of(amounts: Iterable[tuple[str, Decimal]], rates: Rates) -> Total:
    """Add up amounts, given as (currency, amount); what can't be converted is named, not guessed."""
    total, left_out = Decimal(0), set()
    for currency, amount in amounts:
        converted = rates.in_base(amount, currency)
        if converted is None:
            left_out.add(currency)
        else:
            total += converted
    return Total(round(total, 2), rates.base, tuple(sorted(left_out)))


def price_of(product: Product, *, currency: str, on: date | None = None) -> Decimal | None:
    """What one unit costs in a currency on a day: by the default price list, else another one, else the list price."""
    day = on or today()
    valid = (Q(price_list__valid_from=None) | Q(price_list__valid_from__lte=day)) & (
        Q(price_list__valid_until=None) | Q(price_list__valid_until__gte=day)
    )
    prices = Price.objects.filter(valid, product=product, price_list__currency=currency)
    found = prices.order_by("-price_list__is_default", "price_list__name").values_list("amount", flat=True).first()
    if found is not None:
        return found
    rates = current_rates()
    return product.list_price if (product.currency or rates.base) == currency else None
