"""Noting what was shown: one row for each suggestion, person and day, with its place and the probability of it."""

from typing import Any

from django.db.models import Q

from rapport.core.actors import Actor
from rapport.core.clock import now, today

from ..models import ShownAction
from .context import context_of, weight_of
from .entries import Entry, Listing
from .ranking import UP, WAITING


def note_shown(actor: Actor, listing: Listing) -> None:
    """Keep how the first ones stand, unless that was kept today."""
    day, at = today(), now()
    mine = ShownAction.objects.filter(Q(user_id=actor.user_id), day=day)
    known = set(mine.values_list("key", flat=True))
    new = [entry for entry in listing.entries[: UP + WAITING] if entry.suggestion.key not in known]
    common = {"user_id": actor.user_id, "day": day, "at": at, "is_first": not known, "order_by": listing.order_by}
    rows = [ShownAction(**common, **_row(entry)) for entry in new]
    ShownAction.objects.bulk_create(rows, ignore_conflicts=True)


def _row(entry: Entry) -> dict[str, Any]:
    one, stands = entry.suggestion, entry.placed
    return {
        "key": one.key,
        "source": one.source,
        "kind": one.kind,
        "record_type": one.record.record_type,
        "record_id": one.record.pk,
        "place": stands.place,
        "rank": stands.rank,
        "is_up": stands.is_up,
        "propensity": stands.propensity,
        "context": {**context_of(one), "stated": entry.stated},
        "weight": weight_of(one),
    }
