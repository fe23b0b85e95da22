"""Proposals of machines that wait for a decision."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from rapport.core.clock import today

from ..situation import Situation
from ..source import Source
from ..suggestion import Effect, How, Kind, Step, Suggestion, Told, Worth

NAME = "open_proposals"
_EACH = Decimal(5)
_EFFECT = Effect(1.0, Told(_("assumed: a decision brings all of it")))


def _find(situation: Situation) -> Iterator[Suggestion]:
    waiting = situation.proposals
    if not waiting:
        return
    first, count = waiting[0], len(waiting)
    yield Suggestion(
        source=NAME,
        record=first,
        kind=Kind.DECIDE,
        todo=Told(_("Decide what machines propose (%(count)s)"), {"count": count}),
        why=Told(
            _("The oldest waits since %(day)s; it expires on %(until)s."),
            {"day": first.proposed_at.date(), "until": first.expires_at.date()},
        ),
        worth=Worth(_EACH * count, _("assumed: 5 for each correct value"), 0.8, _("usually accepted"), _EFFECT, count),
        day=today(),
        episode="",
        step=Step(How.OPEN),
    )


SOURCE = Source(
    NAME,
    label=_("Proposals to decide"),
    meaning=_("Proposals of machines that wait for a decision."),
    record_type="proposal",
    rests_on=frozenset(),
    find=_find,
    done_by=("proposal.accept", "proposal.reject"),
    moved_by=("proposal.accept",),
)
