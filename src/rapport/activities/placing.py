"""Placing records on timelines: a projection (see `core.projections`) that keeps `TimelineEntry` in step.

Each record type that appears on timelines registers how its column values give a `Place`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.db import connection

from rapport.core.copying import copy_rows
from rapport.core.projections import WrittenRows
from rapport.core.records import Record

from .about import Implies, Subject
from .models.timeline_entry import TimelineEntry


@dataclass(frozen=True)
class Place:
    """When a record stands on a timeline, and on the timelines of which records."""

    at: datetime
    subjects: Sequence[Subject]


PlaceOf = Callable[[Mapping[str, Any]], Place | None]

TIMELINE_ITEMS: dict[str, PlaceOf] = {}

_PLACE = """
WITH placed AS (
    SELECT * FROM unnest(%s::uuid[], %s::text[], %s::uuid[], %s::text[], %s::timestamptz[])
        AS p(item_id, item_type, record_id, record_type, at)
), gone AS (
    DELETE FROM activities_timelineentry AS e WHERE e.item_id = ANY(%s)
        AND NOT EXISTS (SELECT 1 FROM placed AS p WHERE p.item_id = e.item_id AND p.record_id = e.record_id)
)
INSERT INTO activities_timelineentry AS e (item_id, item_type, record_id, record_type, at) SELECT * FROM placed
ON CONFLICT (item_id, record_id) DO UPDATE SET at = excluded.at WHERE e.at IS DISTINCT FROM excluded.at
"""


def appears_on_timelines(record_type: str, place_of: PlaceOf) -> None:
    """Show records of this type on timelines, where `place_of` puts them."""
    TIMELINE_ITEMS[record_type] = place_of


def place(model: type[Record], rows: WrittenRows, *, new: bool = False) -> None:
    """Put these rows where they belong now; one statement however many there are."""
    place_of = TIMELINE_ITEMS.get(model.record_type)
    if place_of is None or not rows:
        return
    entries = [entry for key, values in rows for entry in _entries(model.record_type, key, place_of(values))]
    if new:
        copy_rows("activities_timelineentry", ("item_id", "item_type", "record_id", "record_type", "at"), entries)
        return
    columns = [list(column) for column in zip(*entries, strict=True)] or [[]] * 5
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, [*columns, [key for key, _values in rows]])


def _entries(item_type: str, item_id: UUID, found: Place | None) -> list[tuple[Any, ...]]:
    if found is None:
        return []
    places = {subject.record_id: subject.record_type for subject in found.subjects}
    return [(item_id, item_type, record_id, record_type, found.at) for record_id, record_type in places.items()]


def displace(record_ids: Sequence[UUID]) -> None:
    """Take records that are gone off all timelines. What was about them stays placed, and so stays hidden."""
    if record_ids:
        TimelineEntry.objects.filter(item_id__in=record_ids).delete()


def moment_of(day: date, *, written_at: datetime) -> datetime:
    """Where something stands that has a day but no hour: when it was written, if that was on the day, or else at noon.

    Noon, because no time zone makes another day of it.
    """
    return written_at if written_at.date() == day else datetime.combine(day, time(12), tzinfo=UTC)


def linked(values: Mapping[str, Any], *record_types: str) -> list[Subject]:
    """The subjects that a row's links name, for links called like the type of record they lead to."""
    keys = {record_type: values.get(f"{record_type}_id") for record_type in record_types}
    return [Subject(record_type, key) for record_type, key in keys.items() if key]


def linked_subjects(model: type[Record], *record_types: str) -> Implies:
    """For `carries_timeline`: whoever names a record of this type also means those that it links to."""

    def also_about(ids: Collection[UUID]) -> dict[UUID, list[Subject]]:
        columns = [f"{record_type}_id" for record_type in record_types]
        rows = model._base_manager.filter(pk__in=ids).values("pk", *columns)
        return {row["pk"]: linked(row, *record_types) for row in rows}

    return also_about
