"""The person's own answer before the machine's: asked where much hangs on a decision, unless that was turned off.

Whoever sees a machine's answer first tends to adopt it. So stages, closing, money, dates, and actions that say so in
code are shown to a person only after they said what they would do themselves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from rapport.core.clock import now
from rapport.core.problems import Problem

from .actions import action_named
from .calls import encoded
from .levels import MONEY_AND_DATES, WITH_A_PERSON
from .models import Became, Outcome, OwnAnswer, Proposal, ProposalState, Vigilance
from .trust import WINDOW

YES, NO = "yes", "no"
_TURNED_OUT_WRONG = (Became.CHANGED, Became.UNDONE)


def is_asked_first() -> bool:
    """Whether people are asked first; an administrator may turn that off."""
    return not Vigilance._base_manager.filter(asks_first=False).exists()


def is_high_value(proposal: Proposal) -> bool:
    """Whether much hangs on the decision."""
    action = action_named(proposal.action)
    return (
        (action is not None and action.high_value)
        or proposal.verb_name in WITH_A_PERSON
        or not MONEY_AND_DATES.isdisjoint(proposal.fields)
    )


def withheld_from(user_id: UUID | None, proposals: Iterable[Proposal]) -> set[UUID]:
    """Those of the proposals that this person must not see before they have answered."""
    waiting = {one.pk for one in proposals if one.state == ProposalState.PENDING and is_high_value(one)}
    if user_id is None or not waiting or not is_asked_first():
        return set()
    given = OwnAnswer._base_manager.filter(proposal_id__in=waiting, user_id=user_id)
    return waiting - set(given.values_list("proposal_id", flat=True))


def refuse_unanswered(proposal: Proposal, user_id: UUID | None) -> None:
    """Raise `Problem` when the person has to answer first."""
    if user_id is not None and withheld_from(user_id, [proposal]):
        raise Problem(_("Much hangs on this one. Say first what you would do; then you see what the machine proposes."))


def as_kept(proposal: Proposal, values: Mapping[str, Any]) -> dict[str, Any]:
    """The person's values as a proposal keeps its own; raises `Problem` for one that is not asked for."""
    unknown = set(values) - set(proposal.arguments)
    if unknown:
        raise Problem(_("This proposal has no “%(name)s” to answer.") % {"name": min(unknown)})
    return {name: encoded(value) for name, value in values.items()}


def agreement(proposal: Proposal, values: Mapping[str, Any], verdict: str) -> bool | None:
    """Whether the person would do what the machine proposes; None when they don't know."""
    if values:
        return all(value == proposal.arguments[name] for name, value in values.items())
    return verdict == YES if verdict in (YES, NO) else None


@dataclass(frozen=True)
class FirstAnswers:
    """How somebody decided after having answered first, in the last sixty days.

    Of those in which the machine saw it otherwise: how many they switched to the machine's view, of these how many
    turned out wrong (over-reliance); how many they refused, of these how many turned out right (under-reliance).
    """

    decided: int
    agreed: int
    switched: int
    switched_to_wrong: int
    refused: int
    refused_right: int

    @property
    def differed(self) -> int:
        """In how many the two saw it differently."""
        return self.switched + self.refused


def first_answers_of(user_ids: Iterable[UUID]) -> FirstAnswers:
    """The figures of one person, or of several together."""
    given = OwnAnswer._base_manager.filter(user_id__in=list(user_ids), proposal__decided_at__gte=now() - WINDOW)
    rows = [
        (answer.agrees, answer.proposal)
        for answer in given.select_related("proposal")
        if answer.proposal.decided_by_id == answer.user_id
    ]
    became = _became([proposal for _agrees, proposal in rows])
    taken = [one for agrees, one in rows if agrees is False and one.state == ProposalState.ACCEPTED]
    refused = [one for agrees, one in rows if agrees is False and one.state != ProposalState.ACCEPTED]
    return FirstAnswers(
        decided=len(rows),
        agreed=sum(agrees is True for agrees, _one in rows),
        switched=len(taken),
        switched_to_wrong=sum(one.is_plant or became.get(one.pk) in _TURNED_OUT_WRONG for one in taken),
        refused=len(refused),
        refused_right=sum(became.get(one.pk) == Became.SET_ANYWAY for one in refused),
    )


def _became(proposals: list[Proposal]) -> dict[UUID, str]:
    """What became of each that was looked at since it was decided."""
    by_event = {one.event_id: one.pk for one in proposals if one.event_id is not None}
    keys = Q(event_id__in=by_event) | Q(proposal_id__in=[one.pk for one in proposals])
    found = {}
    for outcome in Outcome.objects.filter(keys):
        key = outcome.proposal_id or by_event.get(outcome.event_id or 0)
        if key is not None:
            found[key] = outcome.became
    return found
