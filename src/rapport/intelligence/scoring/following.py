"""Following events: the records about which something changed are scored anew within seconds."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from rapport.core.events import Change

from ..models import Rescore
from ..outlooks.telling import tell_after_changes
from ..predictions import predictions
from .action import is_stopped
from .scoring import score

_EVENTS_AT_ONCE = 200
_MOST_RECORDS = 5_000


def catch_up_once() -> bool:
    """Score what the next events touched; tells whether there were any. Stopped machines leave scores as they were."""
    with transaction.atomic():
        waiting = Rescore.objects.select_for_update(skip_locked=True).order_by("id")[:_EVENTS_AT_ONCE]
        rows = {row.pk: row.event_id for row in waiting}
        if not rows:
            return False
        ids = _touched(list(rows.values()))
        if len(ids) <= _MOST_RECORDS and not is_stopped():  # more than that is for the night
            for prediction in predictions().values():
                score(prediction, sorted(ids))
            tell_after_changes(sorted(ids))
        Rescore.objects.filter(pk__in=rows).delete()
    return True


def _touched(event_ids: list[int]) -> set[str]:
    """The ids of the records that were written, and of those that these name."""
    changes = Change.objects.filter(event_id__in=event_ids)
    found: set[str] = set()
    for key, before, after in changes.values_list("record_id", "before", "after").iterator():
        found.add(str(key))
        for values in (before, after):
            found.update(_named(values or {}))
    return found


def _named(values: Mapping[str, Any]) -> Iterator[str]:
    for name in ("organisation_id", "opportunity_id"):
        if values.get(name):
            yield str(UUID(str(values[name])))
    for subject in values.get("about") or []:
        yield str(UUID(str(subject["id"])))
