"""What went wrong in past opportunities like this one, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor
from rapport.core.records import Record
from rapport.governance.dictionary import entry_of
from rapport.intelligence.models import Expectation
from rapport.web.places import record_address
from rapport.web.ui import formats

from .panel import OutlookPanel


@dataclass(frozen=True)
class Risk:
    """One risk in words, with those past opportunities in which it occurred that the reader may see; `chance` is empty
    where nothing but the share of similar ones tells it."""

    label: str
    share: str
    chance: str
    usual: str
    ending: str
    cases: Sequence[tuple[str, str]]


class PastRisks(OutlookPanel):
    """What went wrong in similar opportunities."""

    key, title, icon, template = "deal-risks", _("Risks seen in similar ones"), "triangle-alert", "outlooks/risks.html"
    outlook_name = "deal_risks"

    def shown(self, told: Expectation) -> Mapping[str, Any]:
        """Each risk with how often it occurred, here and usually, and how those ended."""
        of = told.detail.get("of", 0)
        risks = risks_in_words(type(self.record), told.detail.get("risks", ()), of, self.actor)
        return {"risks": risks, "of": of, "lost": told.detail.get("lost")}


def risks_in_words(model: type[Record], found: Sequence[Mapping[str, Any]], of: int, actor: Actor) -> list[Risk]:
    """Each risk with those of its cases that the actor may see."""
    ids = {key for one in found for key in one["cases"]}
    seen = model.objects.visible_to(actor).in_bulk(list(ids))
    titles = {str(key): (deal.title, record_address("opportunity", key)) for key, deal in seen.items()}
    return [_risk(one, of, titles) for one in found]


def _risk(one: Mapping[str, Any], of: int, titles: Mapping[str, tuple[str, str]]) -> Risk:
    ending = ngettext("%(lost)d of them was lost", "%(lost)d of them were lost", one["lost"]) % {"lost": one["lost"]}
    return Risk(
        risk_in_words(one["risk"]),
        gettext("%(n)d of %(of)d") % {"n": one["n"], "of": of},
        _chance(one.get("chance")),
        gettext("usually %(percent)s") % {"percent": formats.percent(one["usual"])},
        "" if one["risk"].startswith("lost") else ending,
        [titles[key] for key in one["cases"] if key in titles][:5],
    )


def _chance(chance: float | None) -> str:
    return "" if chance is None else gettext("learned chance %(percent)s") % {"percent": formats.percent(chance)}


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
    return gettext("Lost: %(reason)s") % {"reason": reason_in_words(reason)} if reason else str(RISKS[kind])


def reason_in_words(reason: str) -> str:
    """A reason for losing as lists show it."""
    return str(entry_of("opportunity").fields["loss_reason"].domain.display(reason))
