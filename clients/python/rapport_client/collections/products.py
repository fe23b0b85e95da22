"""Something we sell, goods or service.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, TypedDict

from ..records import Collection, Outcome


@dataclass(frozen=True)
class Product:
    """Something we sell, goods or service."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    name: str | None = None
    code: str | None = None
    family: str | None = None
    list_price: str | None = None
    currency: str | None = None
    unit: str | None = None
    is_active: bool | None = None
    description: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NewProduct(TypedDict, total=False):
    """NewProduct: what may be given."""

    name: str | None
    code: str | None
    family: str | None
    list_price: str | None
    currency: str | None
    unit: str | None
    is_active: bool | None
    description: str | None


class ProductChange(TypedDict, total=False):
    """ProductChange: what may be given."""

    name: str | None
    code: str | None
    family: str | None
    list_price: str | None
    currency: str | None
    unit: str | None
    is_active: bool | None
    description: str | None


class ProductOfferAgain(TypedDict, total=False):
    """ProductOfferAgain: what may be given."""


class ProductWithdraw(TypedDict, total=False):
    """ProductWithdraw: what may be given."""


class ProductCollection(Collection[Product, NewProduct, ProductChange]):
    """Something we sell, goods or service."""

    path = "products"
    kind = Product

    def offer_again(
        self, key: str, arguments: ProductOfferAgain | None = None, *, etag: str | None = None
    ) -> Outcome[Product]:
        """Offer a withdrawn product again."""
        return self._do(key, "offer-again", arguments, etag)

    def withdraw(
        self, key: str, arguments: ProductWithdraw | None = None, *, etag: str | None = None
    ) -> Outcome[Product]:
        """Stop offering the product; opportunities and orders keep it."""
        return self._do(key, "withdraw", arguments, etag)
