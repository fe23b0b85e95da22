"""What is expected of records, one panel for each outlook."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, cast

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rapport.catalog.queries import base_currency, current_rates, total_of
from rapport.directory.models import Organisation
from rapport.intelligence.features.feature import Feature
from rapport.intelligence.models import Expectation
from rapport.intelligence.outlooks import closing, lead_business
from rapport.orders.models.order import OrderStatus
from rapport.orders.queries import orders_of
from rapport.web.predictions.words import value_in_words
from rapport.web.ui import formats

from .panel import OutlookPanel

_EPOCH = date(1970, 1, 1)


class LifetimeValue(OutlookPanel):
    """What a customer is expected to order in the coming year, beside the orders so far that the reader may see."""

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
            "typical": formats.money(round(detail["typical"]), currency) if "typical" in detail else "",
            "so_far": self._so_far(),
            "buys": formats.percent(detail["buys"]) if "buys" in detail else "",
        }

    def _so_far(self) -> tuple[str, int, str] | None:
        """The sum, number and last day of those orders that the reader may see."""
        seen = orders_of(self.actor, cast("Organisation", self.record)).exclude(status=OrderStatus.DRAFT)
        orders: Any = list(seen.filter(amount__isnull=False).values_list("currency", "amount", "ordered_on"))
        if not orders:
            return None
        total = total_of([(currency, amount) for currency, amount, _day in orders], current_rates())
        last = max(day for _currency, _amount, day in orders)
        return formats.money(round(total.amount), total.currency), len(orders), formats.day(last)


class DayOfDecision(OutlookPanel):
    """When an opportunity will be decided, beside the day that is expected."""

    key, title, icon, template = "closing", _("Day of decision"), "calendar-clock", "outlooks/closing.html"
    outlook_name = "closing"

    def shown(self, told: Expectation) -> Mapping[str, Any]:
        """Days as dates."""
        if told.value is None or told.low is None or told.high is None:
            return {}
        middle, low, high = (formats.day(_day(told, days)) for days in (told.value, told.low, told.high))
        slips = told.detail.get("slips")
        return {
            "middle": middle,
            "between": (low, high),
            "expected": formats.day(_EPOCH + timedelta(days=told.detail["expected"])) if slips is not None else "",
            "slips": formats.percent(slips) if slips is not None else "",
            "is_late": slips is not None and slips >= 0.5,
            "factors": [_factor(closing.FEATURES[name], *rest) for name, *rest in told.detail["factors"]],
        }


def _day(told: Expectation, days: float) -> date:
    return told.as_of.date() + timedelta(days=round(days))


def _factor(feature: Feature, value: Any, times: float) -> tuple[str, str, str]:
    """A feature, what the record has of it, and by how many times it makes the quantity larger."""
    return str(feature.label), value_in_words(feature, value), "× " + formats.number(times, decimals=2)


class ExpectedBusiness(OutlookPanel):
    """Which kind of business a lead would bring, and how large."""

    key, title, icon, template = "lead-business", _("Expected business"), "scale", "outlooks/lead_business.html"
    outlook_name = "lead_business"

    def shown(self, told: Expectation) -> Mapping[str, Any]:
        """The kinds with their chances, the likeliest first, and the amount with its interval."""
        currency, found = base_currency(), told.detail
        kinds = [(name or gettext("Another one"), formats.percent(chance)) for name, chance in found.get("kinds", ())]
        amounts = [told.value, told.low, told.high]
        size, low, high = (None if one is None else formats.money(round(one), currency) for one in amounts)
        factors = [_factor(lead_business.FEATURES[name], *rest) for name, *rest in found.get("factors", ())]
        why_not = {part: gettext(reason) for part, reason in found.get("left_out", {}).items()}
        return {"kinds": kinds[:4], "size": size, "between": (low, high), "factors": factors, "left_out": why_not}
