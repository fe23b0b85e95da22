"""Noting what was shown: one row for each suggestion, person and day, with its place and the probability of it."""

from collections.abc import Sequence
from math import log10
from typing import Any

from django.db.models import Q

from rapport.core.actors import Actor
from rapport.core.clock import now, today

from ..models import ShownAction
from .listing import Entry
from .ranking import UP, WAITING

STATED = "value per hour/1"
_MOST = 100_000


def note_shown(actor: Actor, entries: Sequence[Entry]) -> None:
    """Keep how the first ones stand, unless that was kept today."""
    day, at = today(), now()
    mine = ShownAction.objects.filter(Q(user_id=actor.user_id), day=day)
    known = set(mine.values_list("key", flat=True))
    new = [entry for entry in entries[: UP + WAITING] if entry.suggestion.key not in known]
    common = {"user_id": actor.user_id, "day": day, "at": at, "is_first": not known, "order_by": STATED}
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
        "context": context_of(entry),
        "weight": weight_of(float(one.worth.money)),
    }


def context_of(entry: Entry) -> dict[str, float]:
    """What is known of a suggestion when it is shown, as numbers."""
    one = entry.suggestion
    return {
        "value": round(float(one.worth.value), 2),
        "per_hour": round(float(one.worth.per_hour), 2),
        "chance": round(one.worth.chance, 4),
        "effect": round(one.worth.effect.size, 4),
        "minutes": one.worth.minutes,
        "days_late": (today() - one.day).days,
        "reasons": 1 + len(entry.also),
    }


def weight_of(money: float) -> float:
    """How much it counts that something moved: from 0 to 1, by the size of what is at stake (100,000 counts 1)."""
    return min(1.0, log10(1 + max(money, 0.0)) / log10(1 + _MOST))
