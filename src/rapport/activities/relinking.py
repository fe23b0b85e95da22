"""Taking activities along when the records they are about become or join others: conversion and merging.

Call these within the verb that does it; they add to its event, so that its undo takes them back.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from uuid import UUID

from rapport.core.bulk import change_many
from rapport.core.records import Record

from .about import Given, Subject, subjects
from .attendees import Attendee, linked
from .models import ACTIVITY_TYPES, Meeting, TimelineEntry


def share_activities(of: Record, *, others: Iterable[Record]) -> int:
    """What is about a record is about these others too from now on; returns how many activities that touched."""
    added = [Subject(other.record_type, other.pk) for other in others]
    return _relink(of, lambda about: [*about, *added])


def move_activities(of: Record, *, to: Record) -> int:
    """What is about a record is about another one instead; returns how many activities that touched."""
    old, new = Subject(of.record_type, of.pk), Subject(to.record_type, to.pk)
    _move_attendance(of, to)
    return _relink(of, lambda about: [_moved(subject, old, new) for subject in about])


def follow_merger(gone: Record, into: Record) -> None:
    """Take what is about a record along when it is merged into another."""
    move_activities(gone, to=into)


def _move_attendance(of: Record, to: Record) -> None:
    """Whoever attended meetings as the one did so as the other."""
    old = {"type": of.record_type, "id": str(of.pk)}
    placed = TimelineEntry.objects.filter(record_id=of.pk, item_type=Meeting.record_type).values("item_id")
    rows = Meeting._base_manager.filter(pk__in=placed, attendees__contains=[old]).values_list("pk", "attendees")
    change_many(Meeting, {key: {"attendees": _attending(attendees, old, to)} for key, attendees in rows})


def _attending(attendees: Iterable[Attendee], old: Attendee, to: Record) -> list[Attendee]:
    """The list with one attendee in another's place, once."""
    found: dict[str, Attendee] = {}
    for one in attendees:
        kept = linked(to.record_type, to.pk, to.title) if one.items() >= old.items() else one
        found.setdefault(kept.get("id", kept["name"]), kept)
    return list(found.values())


def _moved(subject: Subject, old: Subject, new: Subject) -> Subject:
    return Subject(new.record_type, new.record_id, subject.implied) if subject == old else subject


def _relink(of: Record, relinked: Callable[[list[Subject]], Iterable[Given]]) -> int:
    ids: dict[str, list[UUID]] = defaultdict(list)
    for item_type, key in TimelineEntry.objects.filter(record_id=of.pk).values_list("item_type", "item_id"):
        ids[item_type].append(key)
    touched = 0
    for model in ACTIVITY_TYPES:
        rows = model._base_manager.filter(pk__in=ids[model.record_type]).values_list("pk", "about")
        changes = {key: {"about": [s.as_stored() for s in subjects(relinked(subjects(about)))]} for key, about in rows}
        touched += change_many(model, changes)
    return touched
