"""Taking activities along when the records they are about become or join others: conversion and merging.

Call these within the verb that does it; they add to its event, so that its undo takes them back.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from uuid import UUID

from rapport.core.bulk import change_many
from rapport.core.records import Record

from .about import Given, Subject, subjects
from .models import ACTIVITY_TYPES, TimelineEntry


def share_activities(of: Record, *, others: Iterable[Record]) -> int:
    """What is about a record is about these others too from now on; returns how many activities that touched."""
    added = [Subject(other.record_type, other.pk) for other in others]
    return _relink(of, lambda about: [*about, *added])


def move_activities(of: Record, *, to: Record) -> int:
    """What is about a record is about another one instead; returns how many activities that touched."""
    old, new = Subject(of.record_type, of.pk), Subject(to.record_type, to.pk)
    return _relink(of, lambda about: [_moved(subject, old, new) for subject in about])


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
