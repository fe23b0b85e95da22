"""Working out all values of derived fields again: when a field was added or changed, and each night for "today".

Records are taken a few thousand at a time, each batch in a transaction of its own; verbs meanwhile work out theirs by
themselves. A request that began before the field was changed may still write the old value behind the work: records
changed meanwhile are therefore looked at once more, after every such request has ended.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from rapport.core.records import RECORD_TYPES

from ...models import OwnField
from .force import in_force
from .preparing import Derivation
from .settling import Wanted, refresh

_BATCH = 2_000


def stale() -> list[Derivation]:
    """The derivations in force whose values are not yet what they stand for, in the order to work them out."""
    known = dict(OwnField._base_manager.filter(removed_at=None).values_list("pk", "worked_out"))
    return [one for one in in_force().all if known.get(one.own.pk) != one.signature]


def work_out(derivations: Iterable[Derivation], *, since: datetime | None = None) -> int:
    """Work out these fields for all records, or those changed since; returns how many records changed."""
    return sum(_work_out_one(one, since) for one in derivations)


def _work_out_one(derivation: Derivation, since: datetime | None) -> int:
    rows = RECORD_TYPES[derivation.own.for_type].objects.order_by("pk")
    if since is not None:
        rows = rows.filter(updated_at__gte=since)
    total = rows.count() if since is None else 0
    changed, done, last = 0, 0, None
    while batch := _next_batch(rows, last):
        changed += _work_out_batch(derivation, batch)
        done, last = done + len(batch), batch[-1]
        if total:
            _tell_progress(derivation, min(99, 100 * done // total))
    if since is None:
        _finish(derivation)
    return changed


def _next_batch(rows: Any, last: UUID | None) -> list[UUID]:
    beyond = rows if last is None else rows.filter(pk__gt=last)
    return list(beyond.values_list("pk", flat=True)[:_BATCH])


def _work_out_batch(derivation: Derivation, keys: list[UUID]) -> int:
    """These records, and what follows from them elsewhere."""
    wanted: Wanted = defaultdict(lambda: defaultdict(set))
    names = {derivation.key} if derivation.roll_up else set[str]()
    with transaction.atomic():
        changed = refresh(derivation.own.for_type, dict.fromkeys(keys, names), wanted)
        while wanted:
            record_type = min(wanted)
            refresh(record_type, wanted.pop(record_type), wanted)
    return changed


def _tell_progress(derivation: Derivation, percent: int) -> None:
    OwnField._base_manager.filter(pk=derivation.own.pk).update(progress=percent)


def _finish(derivation: Derivation) -> None:
    OwnField._base_manager.filter(pk=derivation.own.pk).update(worked_out=derivation.signature, progress=100)
