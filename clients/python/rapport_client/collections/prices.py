"""What one product costs on one price list.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, TypedDict

from ..records import Collection


@dataclass(frozen=True)
class Price:
    """What one product costs on one price list."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    price_list: str | None = None
    product: str | None = None
    amount: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NewPrice(TypedDict, total=False):
    """NewPrice: what may be given."""

    price_list: str | None
    product: str | None
    amount: str | None


class PriceChange(TypedDict, total=False):
    """PriceChange: what may be given."""

    price_list: str | None
    product: str | None
    amount: str | None


class PriceCollection(Collection[Price, NewPrice, PriceChange]):
    """What one product costs on one price list."""

    path = "prices"
    kind = Price
