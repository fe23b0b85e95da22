"""A named set of prices in one currency.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, TypedDict

from ..records import Collection, Outcome


@dataclass(frozen=True)
class PriceList:
    """A named set of prices in one currency."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    name: str | None = None
    currency: str | None = None
    valid_from: str | None = None
    valid_until: str | None = None
    is_default: bool | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NewPriceList(TypedDict, total=False):
    """NewPriceList: what may be given."""

    name: str | None
    currency: str | None
    valid_from: str | None
    valid_until: str | None


class PriceListChange(TypedDict, total=False):
    """PriceListChange: what may be given."""

    name: str | None
    currency: str | None
    valid_from: str | None
    valid_until: str | None


class PriceListMakeDefault(TypedDict, total=False):
    """PriceListMakeDefault: what may be given."""


class PriceListSetPrice(TypedDict, total=False):
    """PriceListSetPrice: what may be given."""

    product: str
    amount: str


class PriceListCollection(Collection[PriceList, NewPriceList, PriceListChange]):
    """A named set of prices in one currency."""

    path = "price-lists"
    kind = PriceList

    def make_default(
        self, key: str, arguments: PriceListMakeDefault | None = None, *, etag: str | None = None
    ) -> Outcome[PriceList]:
        """Use this list where no other is chosen."""
        return self._do(key, "make-default", arguments, etag)

    def set_price(
        self, key: str, arguments: PriceListSetPrice | None = None, *, etag: str | None = None
    ) -> Outcome[PriceList]:
        """Set what a product costs on this list."""
        return self._do(key, "set-price", arguments, etag)
