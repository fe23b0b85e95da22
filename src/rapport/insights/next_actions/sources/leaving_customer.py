"""A customer that will probably leave."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from rapport.core.clock import today

from ..situation import CONTACTS, Situation
from ..source import Source
from ..suggestion import Effect, How, Kind, Step, Suggestion, Told, Worth

NAME = "leaving_customer"
_HIGH = 40
_EFFECT = Effect(0.1, Told(_("assumed: a visit keeps one of ten that would leave")))


def _find(situation: Situation) -> Iterator[Suggestion]:
    for one in situation.customers:
        risk = one.risk_of_leaving
        if risk is None or risk < _HIGH:
            continue
        money, last = situation.business_with(one.pk), situation.contacts[one.pk].last
        heard = _("Its risk of leaving is %(risk)s%%; the last contact was on %(day)s.")
        unheard = _("Its risk of leaving is %(risk)s%%; no contact is known in two years.")
        yield Suggestion(
            source=NAME,
            record=one,
            kind=Kind.MEET,
            todo=Told(_("Visit %(title)s before it is too late"), {"title": one.title}),
            why=Told(heard if last else unheard, {"risk": risk, "day": last.date() if last else today()}),
            worth=Worth(money.amount, money.told, risk / 100, _("risk of leaving, as predicted"), _EFFECT, 90),
            day=today(),
            episode=last.date().isoformat() if last else "never",
            step=Step(How.FORM, "meeting", {"about": f"organisation:{one.pk}", "subject": one.title}),
        )


SOURCE = Source(
    NAME,
    label=_("Customers that may leave"),
    meaning=_("A customer whose risk of leaving is high: 40 of 100 or more."),
    record_type="organisation",
    rests_on=frozenset({"organisation.lifecycle", "organisation.risk_of_leaving"}),
    find=_find,
    done_by=CONTACTS,
    moved_by=("answer",),
)
