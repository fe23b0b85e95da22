"""An open opportunity that has stood in its stage for a month or more."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from rapport.core.clock import now, today

from ..chances import chance_of
from ..situation import Situation
from ..source import Source
from ..suggestion import Days, Effect, How, Kind, Step, Suggestion, Told, Word, Worth

NAME = "stalled_stage"
_STALLED, _LONG, _GREAT = 30, 90, 2
_MEETING = Effect(0.08, Told(_("assumed: a meeting on how to go on adds 8%% to what a deal promises")))
_HELP = Effect(0.1, Told(_("assumed: help from above adds 10%% to what a great deal promises")))


def _find(situation: Situation) -> Iterator[Suggestion]:
    for one in situation.opportunities:
        days = (now() - one.stage_since).days if one.stage_since else 0
        if days < _STALLED or one.stage is None or one.stage_since is None:
            continue
        money, chance = situation.sum_of(one.amount, one.currency, _("its amount")), chance_of(one, situation)
        is_for_above = days >= _LONG and money.amount >= _GREAT * situation.usual_sum.amount
        since = one.stage_since.date()
        words: dict[str, Word] = {"title": one.title, "stage": one.stage.title, "day": since, "days": Days(days)}
        meeting = Step(How.FORM, "meeting", {"about": f"opportunity:{one.pk}", "subject": one.title})
        task = Step(How.TASK, values={"subject": str(_("Ask for help with %(title)s") % words)})
        yield Suggestion(
            source=NAME,
            record=one,
            kind=Kind.ESCALATE if is_for_above else Kind.MEET,
            todo=Told(_("Ask for help with %(title)s") if is_for_above else _("Meet about %(title)s"), words),
            why=Told(_("It stands in “%(stage)s” since %(day)s (%(days)s)."), words),
            worth=Worth(
                *(money.amount, money.told, chance.share, chance.told),
                *((_HELP, 20) if is_for_above else (_MEETING, 60)),
            ),
            day=today(),
            episode=since.isoformat() + ("+" if is_for_above else ""),
            step=task if is_for_above else meeting,
        )


SOURCE = Source(
    NAME,
    label=_("Standing still"),
    meaning=_("An open opportunity that has stood in its stage for a month or more."),
    record_type="opportunity",
    rests_on=frozenset({"opportunity.stage", "opportunity.stage_since"}),
    find=_find,
    done_by=("meeting", "call", "task", "opportunity.advance", "opportunity.move_to"),
    moved_by=("opportunity.advance", "opportunity.move_to", "opportunity.win", "answer"),
)
