"""A quote that the customer has not answered: at first there is nothing to do but to wait, then to ask."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from rapport.core.clock import today

from ..situation import Situation
from ..source import Source
from ..suggestion import Effect, How, Kind, Step, Suggestion, Told, Word, Worth

NAME = "quote_waiting"
_WAIT = 5
_TAKEN = 0.5
_EFFECT = Effect(0.06, Told(_("assumed: asking adds 6%% to what a quote promises")))
_NONE = Effect(0.0, Told(_("assumed: asking within five days adds nothing")))


def _find(situation: Situation) -> Iterator[Suggestion]:
    for one in situation.quotes:
        money = situation.sum_of(one.amount, one.currency, _("its amount"))
        is_early = (today() - one.ordered_on).days < _WAIT
        until = one.ordered_on + timedelta(days=_WAIT)
        words: dict[str, Word] = {"title": one.title, "day": one.ordered_on, "until": until}
        wait, ask = _("Wait with %(title)s until %(until)s"), _("Ask for an answer to %(title)s")
        yield Suggestion(
            source=NAME,
            record=one,
            kind=Kind.WAIT if is_early else Kind.WRITE,
            todo=Told(wait if is_early else ask, words),
            why=Told(_("It was made on %(day)s and is not confirmed."), words),
            worth=Worth(
                *(money.amount, money.told, _TAKEN, _("assumed: every second quote is taken")),
                *((_NONE, 1) if is_early else (_EFFECT, 10)),
            ),
            day=until,
            episode=one.ordered_on.isoformat() + ("-early" if is_early else ""),
            step=Step(How.TASK, values={"subject": str(ask % words)})
            if is_early
            else Step(How.FORM, "mail", {"about": f"organisation:{one.organisation_id}", "subject": one.title}),
        )


SOURCE = Source(
    NAME,
    label=_("Quotes without an answer"),
    meaning=_("A quote that the customer has not answered for five days."),
    record_type="order",
    rests_on=frozenset({"order.status", "order.ordered_on"}),
    find=_find,
    done_by=("mail", "call", "meeting", "order.change"),
    moved_by=("order.change", "order.deliver", "answer"),
)
