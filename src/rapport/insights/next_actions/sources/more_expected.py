"""A customer that is expected to order much more in the coming year than in the last, and was not heard of lately."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from rapport.core.clock import now, today
from rapport.directory.models import Organisation

from ..situation import CONTACTS, Situation
from ..source import Source
from ..suggestion import Effect, How, Kind, Money, Step, Suggestion, Told, Word, Worth

NAME = "more_expected"
_SILENT = timedelta(days=60)
_MORE = 2
_EFFECT = Effect(0.05, Told(_("assumed: a visit brings in one twentieth of what is expected beyond the last year")))


def _find(situation: Situation) -> Iterator[Suggestion]:
    for one in situation.customers:
        expected, last = situation.expected_orders.get(one.pk), situation.contacts[one.pk].last
        if not expected or (last is not None and now() - last < _SILENT):
            continue
        ordered = situation.bought.get(one.pk)
        if not ordered or expected < _MORE * ordered:
            continue
        yield _suggested(one, expected, ordered, episode=last.date().isoformat() if last else "never")


def _suggested(one: Organisation, expected: Decimal, ordered: Decimal, *, episode: str) -> Suggestion:
    words: dict[str, Word] = {"title": one.title, "expected": Money(expected), "ordered": Money(ordered)}
    return Suggestion(
        source=NAME,
        record=one,
        kind=Kind.MEET,
        todo=Told(_("Visit %(title)s: more is expected of them"), words),
        why=Told(
            _(
                "It ordered for %(ordered)s in the last 12 months, and for %(expected)s is expected in the next; no"
                " contact for two months."
            ),
            words,
        ),
        worth=Worth(
            *(expected - ordered, _("expected orders of 12 months less those of the last 12")),
            *(1.0, _("what is expected weighs chances already")),
            *(_EFFECT, 60),
        ),
        day=today(),
        episode=episode,
        step=Step(How.FORM, "meeting", {"about": f"organisation:{one.pk}", "subject": one.title}),
    )


SOURCE = Source(
    NAME,
    label=_("Customers with more to come"),
    meaning=_("A customer expected to order twice as much as last year or more, without contact for two months."),
    record_type="organisation",
    rests_on=frozenset({"organisation.lifecycle", "organisation.lifetime_value", "order.amount", "order.ordered_on"}),
    find=_find,
    done_by=CONTACTS,
    moved_by=("answer",),
)
