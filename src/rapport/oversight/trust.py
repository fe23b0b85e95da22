"""What a level rests on: how proposals were decided and how often what machines did was undone."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from rapport.core.clock import now
from rapport.core.undo import undone_among

from .models import ProposalState

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
    """How an action did of late: counts, and of the last hundred the shares corrected and undone (from 0 to 1).

    `estimators` are those, with their versions, whose proposals were reviewed.
    """

    reviewed: int = 0
    corrected: int = 0
    severe: int = 0
    last_corrected: float = 0.0
    last_undone: float = 0.0
    estimators: tuple[str, ...] = ()

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
        return {**asdict(self), "estimators": list(self.estimators)}


_RECORDS = """
SELECT action.name, recent.reviewed, recent.corrected, recent.severe, recent.estimators,
       newest.number, newest.corrected,
       ARRAY(SELECT id FROM core_event
              WHERE actor_kind = 'ai' AND undoes_id IS NULL AND verb <> 'proposal.park'
                AND detail #>> '{machine,action}' = action.name AND detail #> '{machine,proposal}' IS NULL
              ORDER BY id DESC LIMIT %(last)s)
  FROM unnest(%(actions)s::text[]) AS action(name)
 CROSS JOIN LATERAL (
       SELECT count(*) AS reviewed, count(*) FILTER (WHERE state <> 'accepted') AS corrected,
              count(*) FILTER (WHERE reason_code = 'severe') AS severe,
              array_agg(DISTINCT estimator) FILTER (WHERE estimator <> '') AS estimators
         FROM oversight_proposal
        WHERE action = action.name AND state = ANY(%(reviewed)s) AND NOT is_plant AND decided_at >= %(since)s
          AND (%(team)s::uuid IS NULL OR decided_by_id IN (SELECT id FROM identity_user WHERE team_id = %(team)s))
       ) AS recent
 CROSS JOIN LATERAL (
       SELECT count(*) AS number, count(*) FILTER (WHERE state <> 'accepted') AS corrected
         FROM (SELECT state FROM oversight_proposal
                WHERE action = action.name AND state = ANY(%(reviewed)s) AND NOT is_plant AND decided_at IS NOT NULL
                  AND (%(team)s::uuid IS NULL
                       OR decided_by_id IN (SELECT id FROM identity_user WHERE team_id = %(team)s))
                ORDER BY decided_at DESC LIMIT %(last)s) AS decided
       ) AS newest
"""


def record_of(action: str, *, team_id: UUID | None = None) -> Record:
    """How an action did in the last sixty days, for one team or everywhere."""
    return records_of([action], team_id=team_id)[action]


def records_of(actions: Collection[str], *, team_id: UUID | None = None) -> dict[str, Record]:
    """How each of the actions did; two questions however many there are."""
    reviewed = [str(state) for state in _REVIEWED]
    asked = {"actions": list(actions), "team": team_id, "since": now() - WINDOW, "last": LAST, "reviewed": reviewed}
    with connection.cursor() as cursor:
        cursor.execute(_RECORDS, asked)
        rows = cursor.fetchall()
    undone = undone_among([event_id for *_counts, acts in rows for event_id in acts])
    return {
        name: Record(
            reviewed,
            corrected,
            severe,
            last_corrected=_of_a_hundred(last_corrected, number),
            last_undone=_of_a_hundred(len(undone.intersection(acts)), len(acts)),
            estimators=tuple(estimators or ()),
        )
        for name, reviewed, corrected, severe, estimators, number, last_corrected, acts in rows
    }


def _of_a_hundred(part: int, whole: int) -> float:
    """The share; 0 while there are fewer than a hundred."""
    return part / whole if whole >= LAST else 0.0
