"""A new lead that will probably become business, and nobody has spoken with."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from rapport.core.clock import today
from rapport.leads.models import Lead, LeadStatus

from ..situation import CONTACTS, Situation
from ..source import Source
from ..suggestion import Days, Effect, How, Kind, Step, Suggestion, Told, Worth

NAME = "unworked_lead"
_HIGH = 20
_MINUTES = 10
_EFFECT = Effect(0.2, Told(_("assumed: an early answer adds 20%% to what a lead promises")))


def _find(situation: Situation) -> Iterator[Suggestion]:
    for lead in situation.leads:
        chance = lead.chance_to_convert
        if lead.status == LeadStatus.NEW and chance is not None and chance >= _HIGH:
            yield _suggested(lead, situation, chance)


def _suggested(lead: Lead, situation: Situation, chance: int) -> Suggestion:
    money = situation.sum_of(lead.amount, lead.currency, _("its estimated amount"))
    days, form, subject = (today() - lead.received_on).days, "call" if lead.phones else "mail", lead.need[:80]
    return Suggestion(
        source=NAME,
        record=lead,
        kind=Kind.CALL if lead.phones else Kind.WRITE,
        todo=Told(_("Answer the lead %(title)s"), {"title": lead.title}),
        why=Told(
            _("Its chance to convert is %(chance)s%%, it came on %(day)s (%(days)s ago), and is still new."),
            {"chance": chance, "day": lead.received_on, "days": Days(days)},
        ),
        worth=Worth(money.amount, money.told, chance / 100, _("chance to convert, as predicted"), _EFFECT, _MINUTES),
        day=lead.received_on,
        episode=lead.received_on.isoformat(),
        step=Step(How.FORM, form, {"about": f"lead:{lead.pk}", "subject": subject or lead.title}),
    )


SOURCE = Source(
    NAME,
    label=_("New leads with a good chance"),
    meaning=_("A new lead that will probably become business, and nobody has taken up."),
    record_type="lead",
    rests_on=frozenset({"lead.status", "lead.received_on", "lead.chance_to_convert"}),
    find=_find,
    done_by=(*CONTACTS, "lead.work", "lead.convert", "lead.discard", "lead.park"),
    moved_by=("lead.convert", "lead.qualify", "answer"),
)
