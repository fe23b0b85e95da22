"""What a level rests on: how proposals were decided and how often what machines did was undone."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from rapport.core.clock import now
from rapport.core.events import Event
from rapport.core.undo import undone_among

from .models import Proposal, ProposalState

WINDOW = timedelta(days=60)
REVIEWED_AT_LEAST = 300
MOST_CORRECTED = 0.02
FALLS_ABOVE = 0.05
LAST = 100
SEVERE = "severe"
"""The kind of reason that says: carrying this out would have done harm."""

_ACCEPTED = (ProposalState.ACCEPTED, ProposalState.EDITED)
_REVIEWED = (*_ACCEPTED, ProposalState.REJECTED)


@dataclass(frozen=True)
class Record:
    """How an action did of late: counts, and of the last hundred the shares corrected and undone (from 0 to 1)."""

    reviewed: int = 0
    corrected: int = 0
    severe: int = 0
    last_corrected: float = 0.0
    last_undone: float = 0.0

    @property
    def corrected_share(self) -> float:
        """Of all reviewed, those that were edited or rejected."""
        return self.corrected / self.reviewed if self.reviewed else 0.0

    @property
    def allows_raising(self) -> bool:
        """Whether a level above “draft for approval” may rest on it."""
        return self.reviewed >= REVIEWED_AT_LEAST and not self.severe and self.corrected_share <= MOST_CORRECTED

    @property
    def demands_lowering(self) -> bool:
        """Whether a level above “draft for approval” falls by itself."""
        return bool(self.severe) or self.last_corrected > FALLS_ABOVE or self.last_undone > FALLS_ABOVE

    def as_stored(self) -> dict[str, Any]:
        """As a level keeps it for evidence."""
        return asdict(self)


def record_of(action: str, *, team_id: UUID | None = None) -> Record:
    """How an action did in the last sixty days, for one team or everywhere."""
    decided = _decided(action, team_id)
    counted = decided.filter(decided_at__gte=now() - WINDOW).aggregate(
        reviewed=Count("pk"),
        corrected=Count("pk", filter=~Q(state=ProposalState.ACCEPTED)),
        severe=Count("pk", filter=Q(reason_code=SEVERE)),
    )
    last = list(decided.order_by("-decided_at").values_list("state", flat=True)[:LAST])
    corrected = sum(state != ProposalState.ACCEPTED for state in last)
    return Record(
        **counted,
        last_corrected=corrected / len(last) if len(last) >= LAST else 0.0,
        last_undone=undone_share(action),
    )


def _decided(action: str, team_id: UUID | None) -> QuerySet[Proposal]:
    found = Proposal._base_manager.filter(action=action, state__in=_REVIEWED, is_plant=False, decided_at__isnull=False)
    return found.filter(decided_by__team_id=team_id) if team_id else found


def undone_share(action: str) -> float:
    """Of the last hundred things that machines did by themselves, the share that people undid; 0 below a hundred."""
    done = Event.objects.filter(actor_kind="ai", undoes=None, detail__machine__action=action)
    acts = done.filter(detail__machine__proposal=None).exclude(verb="proposal.park")
    ids = list(acts.order_by("-id").values_list("pk", flat=True)[:LAST])
    return len(undone_among(ids)) / len(ids) if len(ids) >= LAST else 0.0
