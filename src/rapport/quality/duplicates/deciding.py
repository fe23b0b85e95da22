"""What people said about pairs: asked for pairs that are looked through, and taken along when a record is merged."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from rapport.core.bulk import change_many, remove_many
from rapport.core.records import Record

from ..models import DuplicateDecision, in_force


def decided_with(record_ids: Collection[UUID]) -> set[tuple[UUID, UUID]]:
    """The pairs with one of these records that somebody called different, or put off until a moment to come."""
    ids = list(record_ids)
    said = DuplicateDecision._base_manager.filter(in_force(), Q(left_id__in=ids) | Q(right_id__in=ids))
    return set(said.values_list("left_id", "right_id"))


def move_decisions(gone: Record, into: Record) -> None:
    """What was said about the one holds for the other, unless something was said about that too."""
    said = DuplicateDecision._base_manager.filter(Q(left_id=gone.pk) | Q(right_id=gone.pk))
    known = {(one.left_id, one.right_id) for one in _about(into.pk)}
    moved = {one.pk: _moved(one, gone.pk, into.pk) for one in said}
    twice = [key for key, pair in moved.items() if pair in known or pair[0] == pair[1]]
    change_many(
        DuplicateDecision,
        {key: {"left_id": left, "right_id": right} for key, (left, right) in moved.items() if key not in twice},
    )
    remove_many(DuplicateDecision, twice)


def _about(record_id: UUID) -> "list[DuplicateDecision]":
    return list(DuplicateDecision._base_manager.filter(Q(left_id=record_id) | Q(right_id=record_id)))


def _moved(said: DuplicateDecision, old: UUID, new: UUID) -> tuple[UUID, UUID]:
    left, right = sorted(new if key == old else key for key in (said.left_id, said.right_id))
    return left, right
