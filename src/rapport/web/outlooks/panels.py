"""What is expected of records, one panel for each outlook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from rapport.catalog.queries import base_currency
from rapport.governance.dictionary import entry_of
from rapport.intelligence.features.feature import Feature
from rapport.intelligence.models import Expectation
from rapport.intelligence.outlooks import closing, lead_business
from rapport.web.places import record_address
from rapport.web.predictions.words import value_in_words
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


@dataclass(frozen=True)
class Risk:
    """One risk in words, with those past opportunities in which it occurred that the reader may see."""

    label: str
    share: str
    usual: str
    ending: str
    cases: Sequence[tuple[str, str]]


class PastRisks(OutlookPanel):
    """What went wrong in similar opportunities."""

    key, title, icon, template = "deal-risks", _("Risks seen in similar ones"), "triangle-alert", "outlooks/risks.html"
    outlook_name = "deal_risks"

    def shown(self, told: Expectation) -> Mapping[str, Any]:
        """Each risk with how often it occurred, here and usually, and how those ended."""
        found = told.detail.get("risks", ())
        ids = {key for one in found for key in one["cases"]}
        seen = type(self.record).objects.visible_to(self.actor).in_bulk(list(ids))
        titles = {str(key): (deal.title, record_address("opportunity", key)) for key, deal in seen.items()}
        of = told.detail.get("of", 0)
        return {"risks": [_risk(one, of, titles) for one in found], "of": of, "lost": told.detail.get("lost")}


def _risk(one: Mapping[str, Any], of: int, titles: Mapping[str, tuple[str, str]]) -> Risk:
    ending = ngettext("%(lost)d of them was lost", "%(lost)d of them were lost", one["lost"]) % {"lost": one["lost"]}
    return Risk(
        risk_in_words(one["risk"]),
        _now("%(n)d of %(of)d") % {"n": one["n"], "of": of},
        _now("usually %(percent)s") % {"percent": formats.percent(one["usual"])},
        "" if one["risk"].startswith("lost") else ending,
        [titles[key] for key in one["cases"] if key in titles][:5],
    )


RISKS: Mapping[str, str | Promise] = {
    "slipped": _("Decided two weeks late or more"),
    "stalled": _("Stood in a stage for over 60 days"),
    "went_silent": _("No contact for over 30 days"),
    "price_fell": _("The price fell by a twentieth or more"),
    "lost": _("Lost without a stated reason"),
}


def risk_in_words(risk: str) -> str:
    """What a risk is called; reasons for losing are in the user's own words."""
    kind, _colon, reason = risk.partition(": ")
    return _now("Lost: %(reason)s") % {"reason": reason_in_words(reason)} if reason else str(RISKS[kind])


def reason_in_words(reason: str) -> str:
    """A reason for losing as lists show it."""
    return str(entry_of("opportunity").fields["loss_reason"].domain.display(reason))


class ExpectedBusiness(OutlookPanel):
    """Which kind of business a lead would bring, and how large."""

    key, title, icon, template = "lead-business", _("Expected business"), "scale", "outlooks/lead_business.html"
    outlook_name = "lead_business"

    def shown(self, told: Expectation) -> Mapping[str, Any]:
        """The kinds with their chances, the likeliest first, and the amount with its interval."""
        currency, found = base_currency(), told.detail
        kinds = [(name or _now("Another one"), formats.percent(chance)) for name, chance in found.get("kinds", ())]
        amounts = [told.value, told.low, told.high]
        size, low, high = (None if one is None else formats.money(round(one), currency) for one in amounts)
        factors = [_factor(lead_business.FEATURES[name], *rest) for name, *rest in found.get("factors", ())]
        return {"kinds": kinds[:4], "size": size, "between": (low, high), "factors": factors}
