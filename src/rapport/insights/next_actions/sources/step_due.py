"""A next step whose day has come, or an expected close that has gone by."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from rapport.core.clock import today
from rapport.pipeline.models import Opportunity

from ..chances import Chance, chance_of
from ..situation import Amount, Situation
from ..source import Source
from ..suggestion import Effect, How, Kind, Step, Suggestion, Told, Worth

NAME = "step_due"
_STEP = Effect(0.05, Told(_("assumed: a step done in time adds 5%% to what a deal promises")))
_DATE = Effect(0.002, Told(_("assumed: a true date saves 0.2%% of what is planned on it")))


def _find(situation: Situation) -> Iterator[Suggestion]:
    for one in situation.opportunities:
        money, chance = situation.sum_of(one.amount, one.currency, _("its amount")), chance_of(one, situation)
        if one.next_step_on and one.next_step_on <= today():
            yield _step(one, money, chance)
        elif one.expected_close and one.expected_close < today():
            yield _date(one, money, chance)


def _step(one: Opportunity, money: Amount, chance: Chance) -> Suggestion:
    assert one.next_step_on is not None
    return Suggestion(
        source=NAME,
        record=one,
        kind=Kind.WORK,
        todo=Told("%(step)s · %(title)s", {"step": one.next_step or _("Next step"), "title": one.title}),
        why=Told(_("This next step was set for %(day)s."), {"day": one.next_step_on}),
        worth=Worth(money.amount, money.told, chance.share, chance.told, _STEP, 20),
        day=one.next_step_on,
        episode=f"step-{one.next_step_on.isoformat()}",
        step=Step(How.OPEN),
    )


def _date(one: Opportunity, money: Amount, chance: Chance) -> Suggestion:
    assert one.expected_close is not None
    return Suggestion(
        source=NAME,
        record=one,
        kind=Kind.FIX,
        todo=Told(_("Say when %(title)s will close"), {"title": one.title}),
        why=Told(_("It was expected to close on %(day)s and is still open."), {"day": one.expected_close}),
        worth=Worth(money.amount, money.told, chance.share, chance.told, _DATE, 2),
        day=one.expected_close,
        episode=f"close-{one.expected_close.isoformat()}",
        step=Step(How.FACT, "expected_close"),
    )


SOURCE = Source(
    NAME,
    label=_("Dates that have come"),
    meaning=_("A next step whose day has come, or an expected close that has gone by."),
    record_type="opportunity",
    rests_on=frozenset({"opportunity.next_step", "opportunity.next_step_on", "opportunity.expected_close"}),
    find=_find,
    done_by=("opportunity.change", "mail", "call", "meeting"),
    moved_by=("opportunity.advance", "opportunity.move_to", "opportunity.win", "answer"),
)
