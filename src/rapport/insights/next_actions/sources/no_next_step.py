"""An open opportunity in which nothing is planned."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from rapport.core.clock import now, today

from ..chances import chance_of
from ..situation import Situation
from ..source import Source
from ..suggestion import Days, Effect, How, Kind, Step, Suggestion, Told, Worth

NAME = "no_next_step"
_MINUTES = 5
_EFFECT = Effect(0.03, Told(_("assumed: a planned step adds 3%% to what a deal promises")))


def _find(situation: Situation) -> Iterator[Suggestion]:
    for one in situation.opportunities:
        if one.next_step or one.next_step_on:
            continue
        money, chance = situation.sum_of(one.amount, one.currency, _("its amount")), chance_of(one, situation)
        since = one.stage_since or one.created_at
        yield Suggestion(
            source=NAME,
            record=one,
            kind=Kind.PLAN,
            todo=Told(_("Plan the next step of %(title)s"), {"title": one.title}),
            why=Told(
                _("Nothing is planned; it stands in its stage since %(day)s (%(days)s)."),
                {"day": since.date(), "days": Days((now() - since).days)},
            ),
            worth=Worth(money.amount, money.told, chance.share, chance.told, _EFFECT, _MINUTES),
            day=today(),
            episode=since.date().isoformat(),
            step=Step(How.FACT, "next_step"),
        )


SOURCE = Source(
    NAME,
    label=_("No next step"),
    meaning=_("An open opportunity in which nothing is planned."),
    record_type="opportunity",
    rests_on=frozenset({"opportunity.next_step", "opportunity.next_step_on", "opportunity.stage_since"}),
    find=_find,
    done_by=("opportunity.change", "meeting", "task"),
    moved_by=("opportunity.advance", "opportunity.move_to", "opportunity.win", "answer"),
)
