"""A prospect like those that became customers, with which nothing is under way."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from rapport.core.clock import now, today

from ..situation import CONTACTS, LIKELY_CUSTOMER, Situation
from ..source import Source
from ..suggestion import Effect, How, Kind, Step, Suggestion, Told, Worth

NAME = "likely_customer"
_SILENT = timedelta(days=30)
_EFFECT = Effect(0.1, Told(_("assumed: a call adds 10%% to what a prospect promises")))


def _find(situation: Situation) -> Iterator[Suggestion]:
    under_way = {one.organisation_id for one in situation.opportunities}
    for one in situation.prospects:
        chance, last = one.chance_to_become_customer, situation.contacts[one.pk].last
        if chance is None or chance < LIKELY_CUSTOMER or one.pk in under_way or (last and now() - last < _SILENT):
            continue
        money = situation.usual_sum
        heard = _("Of 100 like it %(chance)s became customers within 90 days; the last contact was on %(day)s.")
        unheard = _("Of 100 like it %(chance)s became customers within 90 days; no contact is known in two years.")
        yield Suggestion(
            source=NAME,
            record=one,
            kind=Kind.CALL,
            todo=Told(_("Approach %(title)s"), {"title": one.title}),
            why=Told(heard if last else unheard, {"chance": chance, "day": last.date() if last else today()}),
            worth=Worth(
                *(money.amount, money.told, chance / 100, _("chance to become a customer, as predicted")),
                *(_EFFECT, 20),
            ),
            day=today(),
            episode=last.date().isoformat() if last else "never",
            step=Step(How.FORM, "call", {"about": f"organisation:{one.pk}", "subject": one.title}),
        )


SOURCE = Source(
    NAME,
    label=_("Prospects like those who bought"),
    meaning=_("A prospect of which 30 in 100 became customers, without an open opportunity or contact for a month."),
    record_type="organisation",
    rests_on=frozenset({"organisation.lifecycle", "organisation.chance_to_become_customer"}),
    find=_find,
    done_by=CONTACTS,
    moved_by=("answer",),
)
