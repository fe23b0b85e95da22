"""An open opportunity to which something may happen that went wrong in most similar ones, and more often than usual."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from rapport.core.clock import today
from rapport.intelligence.outlooks.reading import expectations_among
from rapport.pipeline.models import Opportunity

from ..situation import Situation
from ..source import Source
from ..suggestion import Effect, How, Kind, Label, Step, Suggestion, Told, Word, Worth

NAME = "likely_risk"
_GREATEST = 60
"""Of a person's opportunities: the similar cases of each are a good deal to read."""
_MOST, _MORE = 0.4, 1.5
_EFFECT = Effect(0.03, Told(_("assumed: asking in time saves 3%% of what a deal promises where the risk is real")))
_WORDS: Mapping[str, tuple[Label, Label]] = {
    "slipped": (_("Ask what %(title)s still waits for"), _("%(n)s of %(of)s similar ones came two weeks late.")),
    "stalled": (_("Agree on the next stage of %(title)s"), _("%(n)s of %(of)s similar ones stood still for 60 days.")),
    "went_silent": (
        _("Agree when to talk about %(title)s"),
        _("%(n)s of %(of)s similar ones went silent for 30 days."),
    ),
    "price_fell": (
        _("Prepare to talk about the price of %(title)s"),
        _("The price fell in %(n)s of %(of)s similar ones."),
    ),
}


def _find(situation: Situation) -> Iterator[Suggestion]:
    deals = {one.pk: one for one in situation.opportunities[:_GREATEST]}
    for key, told in expectations_among("deal_risks", list(deals), situation.actor).items():
        of = told.detail.get("of") or 0
        risk = next((one for one in told.detail.get("risks", ()) if _stands_out(one, of)), None)
        if risk is not None and "past" in told.detail:  # else the similar ones tell no more than all do
            yield _suggestion(situation, deals[key], risk, of)


def _stands_out(risk: Mapping[str, Any], of: int) -> bool:
    return risk["risk"] in _WORDS and risk["n"] >= _MOST * of and risk["n"] >= _MORE * risk["usual"] * of


def _suggestion(situation: Situation, deal: Opportunity, risk: Mapping[str, Any], of: int) -> Suggestion:
    todo, why = _WORDS[risk["risk"]]
    words: dict[str, Word] = {"title": deal.title, "n": risk["n"], "of": of}
    money = situation.sum_of(deal.amount, deal.currency, _("its amount"))
    return Suggestion(
        source=NAME,
        record=deal,
        kind=Kind.CALL,
        todo=Told(todo, words),
        why=Told(why, words),
        worth=Worth(
            *(money.amount, money.told, risk["n"] / of, _("share of similar ones to which it happened")),
            *(_EFFECT, 15),
        ),
        day=today(),
        episode=risk["risk"],
        step=Step(How.FORM, "call", {"about": f"opportunity:{deal.pk}", "subject": deal.next_step or deal.title}),
    )


SOURCE = Source(
    NAME,
    label=_("Risks seen in similar ones"),
    meaning=_(
        "An open opportunity of which four of ten similar ones went wrong in one way, half as often again as usual."
    ),
    record_type="opportunity",
    rests_on=frozenset({"opportunity.status"}),
    find=_find,
    done_by=("mail", "call", "meeting"),
    moved_by=("opportunity.advance", "opportunity.move_to", "opportunity.win", "answer"),
)
