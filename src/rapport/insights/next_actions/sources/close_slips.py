"""An open opportunity that will probably be decided later than its date says."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from rapport.core.clock import today

from ..chances import chance_of
from ..situation import Situation
from ..source import Source
from ..suggestion import Effect, How, Kind, Step, Suggestion, Told, Word, Worth

NAME = "close_slips"
_LIKELY = 60
_EFFECT = Effect(0.01, Told(_("assumed: a date that was asked for adds 1%% to what a deal promises")))


def _find(situation: Situation) -> Iterator[Suggestion]:
    for one in situation.opportunities:
        expected, foreseen, slips = one.expected_close, one.foreseen_close, one.chance_to_slip
        if expected is None or foreseen is None or slips is None or expected < today() or slips < _LIKELY:
            continue
        money, chance = situation.sum_of(one.amount, one.currency, _("its amount")), chance_of(one, situation)
        words: dict[str, Word] = {"title": one.title, "expected": expected, "foreseen": foreseen, "slips": slips}
        yield Suggestion(
            source=NAME,
            record=one,
            kind=Kind.FIX,
            todo=Told(_("Ask when %(title)s is decided, and correct the date"), words),
            why=Told(
                _(
                    "Expected on %(expected)s, but similar ones took until about %(foreseen)s: it will be later in"
                    " %(slips)s of 100 such cases."
                ),
                words,
            ),
            worth=Worth(money.amount, money.told, chance.share, chance.told, _EFFECT, 5),
            day=today(),
            episode=expected.isoformat(),
            step=Step(How.FACT, "expected_close"),
        )


SOURCE = Source(
    NAME,
    label=_("Dates that will hardly hold"),
    meaning=_("An open opportunity that will be decided after its date in 60 of 100 such cases or more."),
    record_type="opportunity",
    rests_on=frozenset({"opportunity.expected_close", "opportunity.foreseen_close", "opportunity.chance_to_slip"}),
    find=_find,
    done_by=("mail", "call", "meeting", "opportunity.change"),
    moved_by=("opportunity.change", "opportunity.advance", "opportunity.win", "answer"),
)
