"""A customer that will probably show discontent: with a low mark, or by giving notice."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from rapport.core.clock import today

from ..situation import CONTACTS, Situation
from ..source import Source
from ..suggestion import Effect, How, Kind, Step, Suggestion, Told, Worth

NAME = "discontent"
_HIGH = 40
_EFFECT = Effect(0.05, Told(_("assumed: a call in time keeps one of twenty whose discontent would cost the business")))


def _find(situation: Situation) -> Iterator[Suggestion]:
    for one in situation.customers:
        risk = one.risk_of_discontent
        if risk is None or risk < _HIGH:
            continue
        money, last = situation.business_with(one.pk), situation.contacts[one.pk].last
        heard = _("Its risk of discontent is %(risk)s%%; the last contact was on %(day)s.")
        unheard = _("Its risk of discontent is %(risk)s%%; no contact is known in two years.")
        yield Suggestion(
            source=NAME,
            record=one,
            kind=Kind.CALL,
            todo=Told(_("Ask %(title)s how content they are"), {"title": one.title}),
            why=Told(heard if last else unheard, {"risk": risk, "day": last.date() if last else today()}),
            worth=Worth(money.amount, money.told, risk / 100, _("risk of discontent, as predicted"), _EFFECT, 15),
            day=today(),
            episode=last.date().isoformat() if last else "never",
            step=Step(How.FORM, "call", {"about": f"organisation:{one.pk}", "subject": one.title}),
        )


SOURCE = Source(
    NAME,
    label=_("Customers that may be discontent"),
    meaning=_("A customer whose risk of discontent is high: 40 of 100 or more."),
    record_type="organisation",
    rests_on=frozenset({"organisation.lifecycle", "organisation.risk_of_discontent"}),
    find=_find,
    done_by=CONTACTS,
    moved_by=("answer",),
)
