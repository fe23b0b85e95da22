"""What all sellers together sell in a market in a year.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, TypedDict

from ..records import Collection


@dataclass(frozen=True)
class MarketSize:
    """What all sellers together sell in a market in a year."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    name: str | None = None
    industry: str | None = None
    country: str | None = None
    conditions: str | None = None
    year: int | None = None
    amount: str | None = None
    currency: str | None = None
    source: str | None = None
    note: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NewMarketSize(TypedDict, total=False):
    """NewMarketSize: what may be given."""

    name: str | None
    industry: str | None
    country: str | None
    conditions: str | None
    year: int | None
    amount: str | None
    currency: str | None
    source: str | None
    note: str | None


class MarketSizeChange(TypedDict, total=False):
    """MarketSizeChange: what may be given."""

    name: str | None
    industry: str | None
    country: str | None
    conditions: str | None
    year: int | None
    amount: str | None
    currency: str | None
    source: str | None
    note: str | None


class MarketSizeCollection(Collection[MarketSize, NewMarketSize, MarketSizeChange]):
    """What all sellers together sell in a market in a year."""

    path = "market-sizes"
    kind = MarketSize
