"""What amounts are worth in our currency: the catalogue, which knows the rates, plugs in here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.conf import settings


@dataclass(frozen=True)
class Worth:
    """Our currency, and what one unit of each other is worth in it."""

    base: str
    rates: Mapping[str, Decimal] = field(default_factory=dict)

    def in_base(self, amount: Decimal, currency: str) -> Decimal | None:
        """The amount in our currency; None when the rate is unknown. No currency means our own."""
        rate = Decimal(1) if currency in ("", self.base) else self.rates.get(currency)
        return None if rate is None else amount * rate


_ask: list[Callable[[], Worth]] = []


def ask_rates(function: Callable[[], Worth]) -> None:
    """Let this function tell what currencies are worth at present."""
    _ask[:] = [function]


def worth() -> Worth:
    """What currencies are worth at present."""
    return _ask[0]() if _ask else Worth(str(settings.BASE_CURRENCY))
