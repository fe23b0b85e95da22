"""What became of what machines did and of what people rejected, worked out from the history and kept as outcomes."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max, Min

from rapport.core.clock import now
from rapport.core.events import Event
from rapport.core.undo import undone_among

from .calls import is_as_proposed
from .models import Became, Outcome, Proposal, ProposalState

LOOKED_AT_FOR = timedelta(days=180)
_AT_ONCE = 500
_LATE_COMMITS = 5_000
"""Events get their number before they are committed: so many numbers back are looked at again."""
_NO_ACTS = ("proposal.park", "stopdrill.beat")
_LEFT_OUT = ["id", "created_at", "updated_at", "derived"]

_TOUCHED = """
SELECT DISTINCT done.event_id
  FROM core_change later
  JOIN core_change done ON done.record_id = later.record_id AND done.id <= later.id
  JOIN core_event act ON act.id = done.event_id AND act.actor_kind = 'ai' AND act.undoes_id IS NULL
       AND act.verb NOT IN ('proposal.park', 'stopdrill.beat')
 WHERE later.event_id > %s
"""
_REJECTED = """
SELECT DISTINCT proposal.id
  FROM oversight_proposal proposal
  LEFT JOIN core_change later ON later.record_id = proposal.subject_id AND later.event_id > %(seen)s
  LEFT JOIN oversight_outcome known ON known.proposal_id = proposal.id
 WHERE proposal.state = 'rejected' AND NOT proposal.is_plant AND proposal.decided_at >= %(since)s
   AND (later.id IS NOT NULL OR known.id IS NULL)
"""
_LATER = """
SELECT DISTINCT ON (done.event_id, later.operation = 'remove') done.event_id, later.operation = 'remove', event.at
  FROM core_change done
  JOIN core_change later ON later.record_id = done.record_id AND later.id > done.id
  JOIN core_event event ON event.id = later.event_id AND event.undoes_id IS NULL
 WHERE done.event_id = ANY(%(events)s)
   AND NOT EXISTS (SELECT FROM core_event undo WHERE undo.undoes_id = event.id)
   AND (later.operation = 'remove'
        OR event.actor_kind = 'human'
           AND later.after ?| ARRAY(SELECT jsonb_object_keys(done.after - %(left_out)s::text[])))
 ORDER BY done.event_id, later.operation = 'remove', later.id
"""
_CHANGED_LATER = """
SELECT proposal.id, event.at, later.after
  FROM oversight_proposal proposal
  JOIN core_change later ON later.record_id = proposal.subject_id AND later.operation = 'change'
  JOIN core_event event ON event.id = later.event_id AND event.actor_kind = 'human' AND event.at > proposal.decided_at
 WHERE proposal.id = ANY(%(proposals)s) AND proposal.arguments <> '{}'
   AND NOT EXISTS (SELECT FROM core_event undo WHERE undo.undoes_id = event.id)
 ORDER BY later.id
"""


@dataclass(frozen=True)
class _Later:
    """When a person first changed a value of an act, and when its record was deleted."""

    changed: dict[int, datetime]
    removed: dict[int, datetime]


def judge_what_is_new() -> int:
    """Look at acts and rejections that are new, or whose records changed since the last look; returns how many."""
    seen = max((Outcome.objects.aggregate(newest=Max("seen_to"))["newest"] or 0) - _LATE_COMMITS, 0)
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED, [seen])
        acts = [row[0] for row in cursor.fetchall()]
        cursor.execute(_REJECTED, {"seen": seen, "since": now() - LOOKED_AT_FOR})
        rejected = [row[0] for row in cursor.fetchall()]
    return _judge(acts, rejected)


def judge_all() -> int:
    """Look again at all of the last 180 days."""
    since = now() - LOOKED_AT_FOR
    acts = Event.objects.filter(actor_kind="ai", undoes=None, at__gte=since).exclude(verb__in=_NO_ACTS)
    rejected = Proposal._base_manager.filter(state=ProposalState.REJECTED, is_plant=False, decided_at__gte=since)
    return _judge(list(acts.values_list("pk", flat=True)), list(rejected.values_list("pk", flat=True)))


def _judge(acts: Sequence[int], rejected: Sequence[UUID]) -> int:
    newest = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for start in range(0, len(acts), _AT_ONCE):
        _keep(_of_acts(acts[start : start + _AT_ONCE], newest), "event_id")
    for start in range(0, len(rejected), _AT_ONCE):
        _keep(_of_rejected(rejected[start : start + _AT_ONCE], newest), "proposal_id")
    return len(acts) + len(rejected)


def _keep(outcomes: Iterable[Outcome], key: str) -> None:
    Outcome.objects.bulk_create(
        outcomes, update_conflicts=True, unique_fields=[key], update_fields=["became", "at", "seen_to"]
    )


def _of_acts(event_ids: Collection[int], newest: int) -> Iterator[Outcome]:
    events = Event.objects.filter(pk__in=event_ids)
    undone, later = _undone_at(event_ids), _later(event_ids)
    for event in events:
        became, at = _became(event, undone, later)
        told = event.detail.get("machine", {})
        yield Outcome(
            event_id=event.pk,
            action=str(told.get("action", "")),
            estimator=str(told.get("estimator", "")),
            decided_by_id=_person(told.get("approved_by_id")),
            done_at=event.at,
            became=became,
            at=at,
            seen_to=newest,
        )


def _became(event: Event, undone: dict[int, datetime], later: _Later) -> tuple[Became, datetime]:
    """Undone before all else; a deleted record keeps no value; else the first change by a person."""
    known = ((Became.UNDONE, undone), (Became.REMOVED, later.removed), (Became.CHANGED, later.changed))
    return next(((became, at[event.pk]) for became, at in known if event.pk in at), (Became.STANDS, event.at))


def _undone_at(event_ids: Collection[int]) -> dict[int, datetime]:
    undone = undone_among(list(event_ids))
    rows = Event.objects.filter(undoes_id__in=undone).values("undoes_id").annotate(at_first=Min("at"))
    return {row["undoes_id"]: row["at_first"] for row in rows}


def _later(event_ids: Collection[int]) -> _Later:
    with connection.cursor() as cursor:
        cursor.execute(_LATER, {"events": list(event_ids), "left_out": _LEFT_OUT})
        rows = cursor.fetchall()
    return _Later(
        changed={event_id: at for event_id, is_removal, at in rows if not is_removal},
        removed={event_id: at for event_id, is_removal, at in rows if is_removal},
    )


def _of_rejected(proposal_ids: Collection[UUID], newest: int) -> Iterator[Outcome]:
    rejected = Proposal._base_manager.filter(pk__in=proposal_ids).exclude(decided_at=None).in_bulk()
    anyway = _set_anyway(rejected)
    for one in rejected.values():
        assert one.decided_at is not None
        yield Outcome(
            proposal_id=one.pk,
            action=one.action,
            estimator=one.estimator,
            decided_by_id=one.decided_by_id,
            done_at=one.decided_at,
            became=Became.SET_ANYWAY if one.pk in anyway else Became.STAYED_OUT,
            at=anyway.get(one.pk, one.decided_at),
            seen_to=newest,
        )


def _set_anyway(rejected: Mapping[UUID, Proposal]) -> dict[UUID, datetime]:
    """When a person first entered all that had been proposed and rejected."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED_LATER, {"proposals": list(rejected)})
        rows = cursor.fetchall()
    found: dict[UUID, datetime] = {}
    for proposal_id, at, after in rows:
        if is_as_proposed(rejected[proposal_id].arguments, after):
            found.setdefault(proposal_id, at)
    return found


def _person(told: Any) -> UUID | None:
    try:
        return UUID(str(told))
    except ValueError:
        return None
