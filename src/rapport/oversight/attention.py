"""Over-reliance: signs that proposals are accepted unread, and tests of attention for who asked for them."""

import statistics
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import now

from .models import Became, Outcome, Proposal, ProposalState, Vigilance
from .trust import WINDOW

ONE_IN = 50
AT_LEAST = 20
FEWEST_PEOPLE = 3
"""The habits of fewer people together would tell those of one."""
_AT_ONCE_SECONDS = 1.0
_ACCEPTED = (ProposalState.ACCEPTED, ProposalState.EDITED)
_REVIEWED = (*_ACCEPTED, ProposalState.REJECTED)


@dataclass(frozen=True)
class Habits:
    """How somebody, or a team, decided in the last sixty days; shares from 0 to 1, None where there is too little."""

    decided: int
    accepted: float | None
    edited: float | None
    at_once: float | None
    opened: float | None
    median_seconds: float | None
    plants: int
    plants_caught: int
    stands: float | None = None
    changed: float | None = None
    undone: float | None = None

    @property
    def is_alarming(self) -> bool:
        """Nearly everything accepted, in under three seconds: or a plant in five missed."""
        unread = (self.accepted or 0) > 0.93 and (self.median_seconds or 99) < 3
        never_edited = self.decided >= 100 and self.accepted == 1 and not self.edited and (self.at_once or 0) > 0.5
        missed = self.plants >= 5 and self.plants_caught / self.plants < 0.8
        return unread or never_edited or missed


def habits_of(*, user_id: UUID | None = None, team_ids: frozenset[UUID] | None = None) -> Habits:
    """The habits of one person, of the people of some teams together, or, with neither, of everybody together."""
    together = Q() if team_ids is None else Q(decided_by__team_id__in=team_ids)
    whose = Q(decided_by_id=user_id) if user_id else together
    decided = Proposal._base_manager.filter(whose, state__in=_REVIEWED, decided_at__gte=now() - WINDOW)
    if user_id is None and decided.values("decided_by").distinct().count() < FEWEST_PEOPLE:
        decided = decided.none()
    rows = list(decided.filter(is_plant=False).values_list("state", "seconds", "saw_sources", "in_bulk"))
    singly = [seconds for _state, seconds, _saw, in_bulk in rows if seconds is not None and not in_bulk]
    plants = list(decided.filter(is_plant=True).values_list("state", flat=True))
    events = decided.exclude(event_id=None).values("event_id")
    became = list(Outcome.objects.filter(event_id__in=events).values_list("became", flat=True))
    return Habits(
        decided=len(rows),
        accepted=_share([state in _ACCEPTED for state, *_rest in rows]),
        edited=_share([state == ProposalState.EDITED for state, *_rest in rows]),
        at_once=_share([seconds < _AT_ONCE_SECONDS for seconds in singly]),
        opened=_share([bool(saw) for _state, _seconds, saw, _bulk in rows]),
        median_seconds=statistics.median(singly) if len(singly) >= AT_LEAST else None,
        plants=len(plants),
        plants_caught=sum(state != ProposalState.ACCEPTED for state in plants),
        stands=_share([one == Became.STANDS for one in became]),
        changed=_share([one == Became.CHANGED for one in became]),
        undone=_share([one == Became.UNDONE for one in became]),
    )


def _share(found: list[bool]) -> float | None:
    return sum(found) / len(found) if len(found) >= AT_LEAST else None


def is_on() -> bool:
    """Whether tests of attention are on."""
    return Vigilance._base_manager.filter(is_on=True).exists()


def plant_where_due() -> int:
    """Give each person who decided fifty proposals since their last test another one; returns how many were made."""
    if not is_on():
        return 0
    people = _decided().filter(decided_at__gte=now() - WINDOW).values_list("decided_by_id", flat=True).distinct()
    return sum(plant_for(user_id) is not None for user_id in list(people) if _is_due(user_id))


def _decided() -> QuerySet[Proposal]:
    return Proposal._base_manager.filter(state__in=_REVIEWED).exclude(decided_by=None)


def _is_due(user_id: UUID) -> bool:
    plants = Proposal._base_manager.filter(asked_id=user_id, is_plant=True)
    if plants.filter(state=ProposalState.PENDING).exists():
        return False
    last = plants.order_by("-proposed_at").first()
    since = _decided().filter(decided_by_id=user_id, is_plant=False)
    return (since.filter(decided_at__gt=last.proposed_at) if last else since).count() >= ONE_IN


def plant_for(user_id: UUID) -> Proposal | None:
    """A wrong proposal for somebody: a real one with the value meant for another record; None where none fits."""
    waiting = Proposal._base_manager.filter(state=ProposalState.PENDING, is_plant=False, verb_name__endswith=".change")
    for real in waiting.filter(asked_id=user_id).order_by("?")[:5]:
        alike = waiting.filter(verb_name=real.verb_name, action=real.action).exclude(subject_id=real.subject_id)
        for other in alike[:50]:
            if other.arguments.keys() == real.arguments.keys() and other.arguments != real.arguments:
                return _planted(real, other)
    return None


def _planted(real: Proposal, other: Proposal) -> Proposal:
    left_out = {"id", "created_at", "updated_at", "proposed_at", "attributes", "derived"}
    values = {field.attname: getattr(real, field.attname) for field in Proposal._meta.concrete_fields}
    kept = {name: value for name, value in values.items() if name not in left_out}
    with acting_as(SYSTEM):
        return Proposal.park(
            **{**kept, "arguments": other.arguments, "is_plant": True, "fingerprint": f"plant {real.pk}"}
        )
