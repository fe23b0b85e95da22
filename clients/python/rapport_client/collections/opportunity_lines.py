"""One product of an opportunity, with quantity and price.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, TypedDict

from ..records import Collection


@dataclass(frozen=True)
class OpportunityLine:
    """One product of an opportunity, with quantity and price."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    opportunity: str | None = None
    product: str | None = None
    description: str | None = None
    quantity: str | None = None
    unit_price: str | None = None
    discount: str | None = None
    amount: str | None = None
    position: int | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NewOpportunityLine(TypedDict, total=False):
    """NewOpportunityLine: what may be given."""

    opportunity: str | None
    product: str | None
    description: str | None
    quantity: str | None
    unit_price: str | None
    discount: str | None
    position: int | None


class OpportunityLineChange(TypedDict, total=False):
    """OpportunityLineChange: what may be given."""

    opportunity: str | None
    product: str | None
    description: str | None
    quantity: str | None
    unit_price: str | None
    discount: str | None
    position: int | None


class OpportunityLineCollection(Collection[OpportunityLine, NewOpportunityLine, OpportunityLineChange]):
    """One product of an opportunity, with quantity and price."""

    path = "opportunity-lines"
    kind = OpportunityLine
