"""What is expected of records, one panel for each outlook."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from rapport.catalog.queries import base_currency
from rapport.intelligence.models import Expectation
from rapport.web.ui import formats

from .panel import OutlookPanel

_EPOCH = date(1970, 1, 1)


class LifetimeValue(OutlookPanel):
    """What a customer ordered so far, and is expected to order in the coming year."""

    key, title, icon, template = "lifetime-value", _("Customer value"), "coins", "outlooks/lifetime_value.html"
    outlook_name = "lifetime_value"

    def shown(self, told: Expectation) -> Mapping[str, Any]:
        """Amounts in our own currency."""
        currency, detail = base_currency(), told.detail
        between = None
        if told.low is not None and told.high is not None:
            between = (formats.money(round(told.low), currency), formats.money(round(told.high), currency))
        return {
            "value": None if told.value is None else formats.money(round(told.value), currency),
            "between": between,
            "so_far": formats.money(round(detail["so_far"]), currency),
            "orders": detail["orders"],
            "last": formats.day(_EPOCH + timedelta(days=detail["last_day"])),
            "buys": formats.percent(detail["buys"]) if "buys" in detail else "",
        }
