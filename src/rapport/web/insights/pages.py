"""The page of a market size."""

from collections.abc import Mapping
from typing import Any

from rapport.catalog.queries import base_currency
from rapport.core.actors import Actor
from rapport.core.clock import today
from rapport.web.records.page import RecordPage


class MarketSizePage(RecordPage):
    """How large a market is in a year; our share of it stands under Insights."""

    record_type = "marketsize"
    chips = ("year", "amount", "source")

    def prefilled(self, given: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
        """Last year, of which sizes are known by now, in our own currency."""
        return {**super().prefilled(given, actor), "year": today().year - 1, "currency": base_currency()}
