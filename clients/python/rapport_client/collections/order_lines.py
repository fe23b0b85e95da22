"""What of what was ordered, how many, at which price.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, TypedDict

from ..records import Collection


@dataclass(frozen=True)
class OrderLine:
    """What of what was ordered, how many, at which price."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    order: str | None = None
    product: str | None = None
    description: str | None = None
    quantity: str | None = None
    unit_price: str | None = None
    discount: str | None = None
    amount: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NewOrderLine(TypedDict, total=False):
    """NewOrderLine: what may be given."""

    order: str | None
    product: str | None
    description: str | None
    quantity: str | None
    unit_price: str | None
    discount: str | None
    amount: str | None


class OrderLineChange(TypedDict, total=False):
    """OrderLineChange: what may be given."""

    order: str | None
    product: str | None
    description: str | None
    quantity: str | None
    unit_price: str | None
    discount: str | None
    amount: str | None


class OrderLineCollection(Collection[OrderLine, NewOrderLine, OrderLineChange]):
    """What of what was ordered, how many, at which price."""

    path = "order-lines"
    kind = OrderLine
