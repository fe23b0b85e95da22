"""An open opportunity about which nothing was said with the customer for two weeks."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from rapport.core.clock import now, today
from rapport.pipeline.models import Opportunity

from ..chances import chance_of
from ..measured import effect_of
from ..situation import CONTACTS, Situation
from ..source import Source
from ..suggestion import Days, Effect, How, Kind, Step, Suggestion, Told, Worth

NAME = "silent_opportunity"
_SILENT, _LONG = 14, 30
_ASSUMED = Effect(0.04, Told(_("assumed: being in touch again adds 4%% to what a deal promises")))


def _find(situation: Situation) -> Iterator[Suggestion]:
    effect = None
    for one in situation.opportunities:
        since = situation.contacts[one.pk].last or one.created_at
        if (now() - since).days >= _SILENT:
            effect = effect or effect_of("weekly_contact", otherwise=_ASSUMED)
            yield _suggested(one, situation, effect, since=since)


def _suggested(one: Opportunity, situation: Situation, effect: Effect, *, since: datetime) -> Suggestion:
    money, chance = situation.sum_of(one.amount, one.currency, _("its amount")), chance_of(one, situation)
    days, is_known = (now() - since).days, situation.contacts[one.pk].last is not None
    kind = Kind.CALL if days >= _LONG else Kind.WRITE
    told = _("The last contact was on %(day)s (%(days)s ago).")
    never = _("No mail, call or meeting is known since %(day)s (%(days)s).")
    form, subject = "call" if kind == Kind.CALL else "mail", one.next_step or one.title
    return Suggestion(
        source=NAME,
        record=one,
        kind=kind,
        todo=Told(_("Get in touch about %(title)s"), {"title": one.title}),
        why=Told(told if is_known else never, {"day": since.date(), "days": Days(days)}),
        worth=Worth(money.amount, money.told, chance.share, chance.told, effect, 10),
        day=today(),
        episode=since.date().isoformat(),
        step=Step(How.FORM, form, {"about": f"opportunity:{one.pk}", "subject": subject}),
    )


SOURCE = Source(
    NAME,
    label=_("Nothing said for long"),
    meaning=_("An open opportunity about which nothing was said with the customer for two weeks."),
    record_type="opportunity",
    rests_on=frozenset({"opportunity.status"}),
    find=_find,
    done_by=CONTACTS,
    moved_by=("opportunity.advance", "opportunity.move_to", "opportunity.win", "answer"),
)
