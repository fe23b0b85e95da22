"""Carrying activities over: what was noted about a lead also belongs to what it became."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from rapport.activities.about import Subject, subjects
from rapport.activities.models import ACTIVITY_TYPES, TimelineEntry
from rapport.core.bulk import change_many
from rapport.core.records import Record

if TYPE_CHECKING:
    from .models.lead.facts import Facts


def carry_activities(lead: "Facts", became: Sequence[Record]) -> None:
    """Put the lead's activities on the timelines of these records too, as part of the verb under way."""
    added = [Subject(record.record_type, record.pk, implied=True) for record in became]
    items: dict[str, list[UUID]] = defaultdict(list)
    for item_type, item_id in TimelineEntry.objects.filter(record_id=lead.pk).values_list("item_type", "item_id"):
        items[item_type].append(item_id)
    for model in ACTIVITY_TYPES:
        found = model.objects.filter(pk__in=items[model.record_type]).values_list("pk", "about")
        changes = {key: {"about": [one.as_stored() for one in subjects([*about, *added])]} for key, about in found}
        if changes:
            change_many(model, changes)
