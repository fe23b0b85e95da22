"""What a delivery says of an event: as much as the webhook's owner may see now, field by field."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any
from uuid import UUID

from rapport.core.actors import Actor
from rapport.core.events import Change, Event
from rapport.core.records import RECORD_TYPES
from rapport.governance.dictionary import entries
from rapport.governance.readable_changes import readable_changes
from rapport.identity.actors import actor_for

from ..models import Delivery
from .outbox import is_told

_MOST_CHANGES = 200
_AT_ONCE = 500


def payload_of(delivery: Delivery) -> bytes | None:
    """The JSON text to send; None when nothing of the event is for the owner's eyes."""
    event, owner = delivery.event, delivery.webhook.owner
    if not owner.is_active:
        return None
    actor = actor_for(owner, source="webhook")
    changes = list(islice(_seen_changes(actor, event), _MOST_CHANGES + 1))
    is_about_seen = event.subject_id == delivery.webhook_id or _sees_subject(actor, event)
    if not (is_about_seen or changes):
        return None
    told = {
        "id": str(delivery.pk),
        "event": event.pk,
        "type": event.verb,
        "at": event.at.isoformat(),
        "by": {"name": event.actor_name, "kind": event.actor_kind},
        "source": event.source,
        "undoes": event.undoes_id,
        "record": _subject(event) if is_about_seen else None,
        "changes": [_told(actor, change) for change in changes[:_MOST_CHANGES]],
        "is_complete": len(changes) <= _MOST_CHANGES,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _subject(event: Event) -> dict[str, Any]:
    return {"type": event.subject_type, "id": str(event.subject_id), "title": event.subject_label}


def _told(actor: Actor, change: Change) -> dict[str, Any]:
    entry = entries()[change.record_type]
    return {
        "type": change.record_type,
        "id": str(change.record_id),
        "operation": change.operation,
        "before": readable_changes(actor, entry, change.before),
        "after": readable_changes(actor, entry, change.after),
    }


def _seen_changes(actor: Actor, event: Event) -> Iterator[Change]:
    """The changes of records that the owner sees, in order, read part by part: the first seen one may come late."""
    changes, last = Change.objects.filter(event_id=event.pk).order_by("id"), 0
    while part := list(changes.filter(pk__gt=last)[:_AT_ONCE]):
        told = [change for change in part if is_told(change.record_type)]
        seen = _visible(actor, ((change.record_type, change.record_id) for change in told))
        yield from (change for change in told if change.record_id in seen)
        last = part[-1].pk


def _sees_subject(actor: Actor, event: Event) -> bool:
    return event.subject_id is not None and bool(_visible(actor, [(event.subject_type, event.subject_id)]))


def _visible(actor: Actor, named: Iterable[tuple[str, UUID]]) -> set[UUID]:
    """The ids of the records that the owner sees; of those that are gone, where the owner sees all of their type."""
    by_type: Mapping[str, set[UUID]] = defaultdict(set)
    for record_type, key in named:
        by_type[record_type].add(key)
    seen: set[UUID] = set()
    for record_type, keys in by_type.items():
        model = RECORD_TYPES.get(record_type)
        if model is None or record_type not in entries():
            continue
        unrestricted = not model.restricts(actor)
        seen |= keys if unrestricted else set(_shown(actor, record_type, keys))
    return seen


def _shown(actor: Actor, record_type: str, keys: set[UUID]) -> Iterable[UUID]:
    rows = RECORD_TYPES[record_type].objects.visible_to(actor).filter(pk__in=keys)
    return rows.values_list("pk", flat=True)
