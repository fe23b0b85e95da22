"""Rules of the catalogue: money is never without its currency."""

from collections.abc import Sequence
from typing import Any

from .models.currency import base_currency


def name_currencies(rows: Sequence[dict[str, Any]], *, amount: str = "amount", currency: str = "currency") -> None:
    """Say of amounts without a currency, in place, that they are in the base one; asks for it once at most."""
    waiting = [row for row in rows if row.get(amount) is not None and not row.get(currency)]
    if waiting:
        base = base_currency()
        for row in waiting:
            row[currency] = base
