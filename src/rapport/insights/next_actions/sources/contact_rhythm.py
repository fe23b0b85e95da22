"""A customer that was not contacted as usual, or not visited for almost a year."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from rapport.core.clock import now, today
from rapport.directory.models import Organisation

from ..situation import CONTACTS, Contacts, Situation
from ..source import Source
from ..suggestion import Days, Effect, How, Kind, Step, Suggestion, Told, Worth

NAME = "contact_rhythm"
_TIMES, _LEAST, _VISIT = 2, 21, 330
_AT_RISK = 0.1
_TOUCH = Effect(0.05, Told(_("assumed: being in touch saves 5%% of what would be lost")))
_VISITED = Effect(0.1, Told(_("assumed: a visit saves 10%% of what would be lost")))


def _find(situation: Situation) -> Iterator[Suggestion]:
    for one in situation.customers:
        told = situation.contacts[one.pk]
        if told.last is None:
            continue
        silent = (now() - told.last).days
        if told.usual_days is not None and silent >= max(_TIMES * told.usual_days, _LEAST):
            yield _touch(one, told, silent, situation)
        elif told.last_meeting is not None and (now() - told.last_meeting).days >= _VISIT:
            yield _visit(one, told, situation)


def _touch(one: Organisation, told: Contacts, silent: int, situation: Situation) -> Suggestion:
    assert told.last is not None
    usual = told.usual_days or 0
    return Suggestion(
        source=NAME,
        record=one,
        kind=Kind.CALL,
        todo=Told(_("Call %(title)s"), {"title": one.title}),
        why=Told(
            _("You usually hear of each other every %(usual)s; the last time was on %(day)s (%(days)s ago)."),
            {"usual": Days(usual), "day": told.last.date(), "days": Days(silent)},
        ),
        worth=_worth(one, situation, _TOUCH, 15),
        day=today(),
        episode=told.last.date().isoformat(),
        step=Step(How.FORM, "call", {"about": f"organisation:{one.pk}", "subject": one.title}),
    )


def _visit(one: Organisation, told: Contacts, situation: Situation) -> Suggestion:
    assert told.last_meeting is not None
    due = told.last_meeting.date() + timedelta(days=365)
    return Suggestion(
        source=NAME,
        record=one,
        kind=Kind.MEET,
        todo=Told(_("Visit %(title)s"), {"title": one.title}),
        why=Told(
            _("The last meeting was on %(day)s; a visit within a year is due on %(due)s."),
            {"day": told.last_meeting.date(), "due": due},
        ),
        worth=_worth(one, situation, _VISITED, 120),
        day=due,
        episode=f"visit-{told.last_meeting.date().isoformat()}",
        step=Step(How.FORM, "meeting", {"about": f"organisation:{one.pk}", "subject": one.title}),
    )


def _worth(one: Organisation, situation: Situation, effect: Effect, minutes: int) -> Worth:
    money, risk = situation.business_with(one.pk), one.risk_of_leaving
    if risk is None:
        return Worth(money.amount, money.told, _AT_RISK, _("assumed: one of ten leaves in a year"), effect, minutes)
    return Worth(money.amount, money.told, risk / 100, _("risk of leaving, as predicted"), effect, minutes)


SOURCE = Source(
    NAME,
    label=_("Customers not contacted as usual"),
    meaning=_("A customer silent for twice as long as usual, or not visited for almost a year."),
    record_type="organisation",
    rests_on=frozenset({"organisation.lifecycle"}),
    find=_find,
    done_by=CONTACTS,
    moved_by=("answer",),
)
