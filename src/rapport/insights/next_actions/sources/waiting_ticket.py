"""A ticket that waits for us: not answered after a day, or not solved after a week."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from rapport.activities.models import Priority
from rapport.core.clock import now, today

from ..situation import Situation
from ..source import Source
from ..suggestion import Days, Effect, How, Kind, Step, Suggestion, Told, Word, Worth

NAME = "waiting_ticket"
_UNANSWERED, _UNSOLVED = 1, 7
_AT_RISK = {Priority.LOW: 0.02, Priority.NORMAL: 0.05, Priority.HIGH: 0.1, Priority.URGENT: 0.2}
_EFFECT = Effect(0.2, Told(_("assumed: an answer now saves 20%% of what is at risk")))


def _find(situation: Situation) -> Iterator[Suggestion]:
    for one in situation.tickets:
        days = (now() - one.opened_at).days
        if days < (_UNSOLVED if one.first_answer_at else _UNANSWERED):
            continue
        money = situation.business_with(one.organisation_id)
        is_own = one.owner_id == situation.actor.user_id
        waits = _("It waits since %(day)s (%(days)s) and was not answered.")
        unsolved = _("It was opened on %(day)s (%(days)s ago) and is not solved.")
        words: dict[str, Word] = {"title": one.title, "day": one.opened_at.date(), "days": Days(days)}
        chance = _AT_RISK[Priority(one.priority)]
        told = _("assumed by its urgency: from 0.02 (low) to 0.2 (urgent) of the business is at risk")
        answer = Step(How.FORM, "mail", {"about": f"ticket:{one.pk}", "subject": one.subject})
        task = Step(How.TASK, values={"subject": str(_("Ask who answers %(title)s") % words)})
        yield Suggestion(
            source=NAME,
            record=one,
            kind=Kind.WRITE if is_own else Kind.ESCALATE,
            todo=Told(_("Answer %(title)s") if is_own else _("Ask who answers %(title)s"), words),
            why=Told(unsolved if one.first_answer_at else waits, words),
            worth=Worth(money.amount, money.told, chance, told, _EFFECT, 20 if is_own else 5),
            day=today(),
            episode="unsolved" if one.first_answer_at else "unanswered",
            step=answer if is_own else task,
        )


SOURCE = Source(
    NAME,
    label=_("Tickets that wait"),
    meaning=_("A ticket that waits for us: not answered after a day, or not solved after a week."),
    record_type="ticket",
    rests_on=frozenset({"ticket.status", "ticket.opened_at", "ticket.first_answer_at", "ticket.priority"}),
    find=_find,
    done_by=("mail", "call", "task", "ticket.change", "ticket.answer", "ticket.solve"),
    moved_by=("ticket.solve", "answer"),
)
