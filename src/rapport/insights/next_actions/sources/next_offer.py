"""A customer with something that those who bought alike bought next."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from rapport.core.clock import now, today
from rapport.intelligence.outlooks.reading import expectations_among

from ..situation import CONTACTS, Situation
from ..source import Source
from ..suggestion import Effect, How, Kind, Step, Suggestion, Told, Word, Worth

NAME = "next_offer"
_LIKELY, _SILENT = 0.1, timedelta(days=30)
_EFFECT = Effect(0.2, Told(_("assumed: one of five that would buy it buys it because it is offered")))


def _find(situation: Situation) -> Iterator[Suggestion]:
    """Why it is offered is told without what the customer bought: the reader may not see those orders."""
    named = {one.pk: one for one in situation.customers if one.next_offer}
    for key, told in expectations_among(NAME, list(named), situation.actor).items():
        one, last = named[key], situation.contacts[key].last
        if told.value is None or told.value < _LIKELY or (last is not None and now() - last < _SILENT):
            continue
        words: dict[str, Word] = {"title": one.title, "offer": one.next_offer, "share": round(100 * told.value)}
        money = situation.usual_sum
        yield Suggestion(
            source=NAME,
            record=one,
            kind=Kind.OFFER,
            todo=Told(_("Offer %(offer)s to %(title)s"), words),
            why=Told(_("%(share)s of 100 customers like it bought %(offer)s within a year."), words),
            worth=Worth(
                *(money.amount, money.told, told.value, _("share of customers like it that bought it within a year")),
                *(_EFFECT, 20),
            ),
            day=today(),
            episode=one.next_offer[:80],
            step=Step(How.FORM, "call", {"about": f"organisation:{one.pk}", "subject": one.next_offer}),
        )


SOURCE = Source(
    NAME,
    label=_("Something to offer"),
    meaning=_("A customer without contact for a month, and a product that customers like it bought next."),
    record_type="organisation",
    rests_on=frozenset({"organisation.lifecycle", "organisation.next_offer"}),
    find=_find,
    done_by=CONTACTS,
    moved_by=("answer",),
)
