"""What a customer bought on a day.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

from ..records import Collection, Outcome


@dataclass(frozen=True)
class Order:
    """What a customer bought on a day."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    number: str | None = None
    organisation: str | None = None
    person: str | None = None
    opportunity: str | None = None
    ordered_on: str | None = None
    delivered_on: str | None = None
    status: Literal["draft", "confirmed", "delivered", "invoiced", "paid", "cancelled"] | None = None
    amount: str | None = None
    currency: str | None = None
    description: str | None = None
    owner: str | None = None
    team: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NewOrder(TypedDict, total=False):
    """NewOrder: what may be given."""

    number: str | None
    organisation: str | None
    person: str | None
    opportunity: str | None
    ordered_on: str | None
    delivered_on: str | None
    status: Literal["draft", "confirmed", "delivered", "invoiced", "paid", "cancelled"] | None
    amount: str | None
    currency: str | None
    description: str | None
    owner: str | None
    team: str | None


class OrderChange(TypedDict, total=False):
    """OrderChange: what may be given."""

    number: str | None
    organisation: str | None
    person: str | None
    opportunity: str | None
    ordered_on: str | None
    delivered_on: str | None
    status: Literal["draft", "confirmed", "delivered", "invoiced", "paid", "cancelled"] | None
    amount: str | None
    currency: str | None
    description: str | None
    owner: str | None
    team: str | None


class OrderAddLine(TypedDict, total=False):
    """OrderAddLine: what may be given."""

    product: str | None
    quantity: str
    unit_price: str
    discount: str | None
    description: str | None


class OrderCancel(TypedDict, total=False):
    """OrderCancel: what may be given."""


class OrderDeliver(TypedDict, total=False):
    """OrderDeliver: what may be given."""

    on: str | None


class OrderReopen(TypedDict, total=False):
    """OrderReopen: what may be given."""


class OrderShareWith(TypedDict, total=False):
    """OrderShareWith: what may be given."""

    user: str | None
    team: str | None
    may_edit: bool | None
    until: str | None


class OrderCollection(Collection[Order, NewOrder, OrderChange]):
    """What a customer bought on a day."""

    path = "orders"
    kind = Order

    def add_line(self, key: str, arguments: OrderAddLine | None = None, *, etag: str | None = None) -> Outcome[Order]:
        """Add what was bought; the order's amount follows. The discount is in per cent."""
        return self._do(key, "add-line", arguments, etag)

    def cancel(self, key: str, arguments: OrderCancel | None = None, *, etag: str | None = None) -> Outcome[Order]:
        """Say that nothing will come of it."""
        return self._do(key, "cancel", arguments, etag)

    def deliver(self, key: str, arguments: OrderDeliver | None = None, *, etag: str | None = None) -> Outcome[Order]:
        """Say that the customer got everything, today or on another day."""
        return self._do(key, "deliver", arguments, etag)

    def reopen(self, key: str, arguments: OrderReopen | None = None, *, etag: str | None = None) -> Outcome[Order]:
        """Take a cancellation back."""
        return self._do(key, "reopen", arguments, etag)

    def share_with(
        self, key: str, arguments: OrderShareWith | None = None, *, etag: str | None = None
    ) -> Outcome[Order]:
        """Show this record to a person or a team, until a day if one is given; shared already, it is shared anew."""
        return self._do(key, "share-with", arguments, etag)
