"""The merger: which record another one was merged into; undo takes it away with the rest."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..bulk import change_many, create_many
from ..records import Record


class Merger(Record):
    """One record of type `for_type` that is no more: what it was called, its id, and the record it is part of now."""

    for_type = models.CharField(_("record type"), max_length=40)
    gone_id = models.UUIDField(_("merged record"), unique=True)
    gone_title = models.CharField(_("name of the merged record"), max_length=300, blank=True)
    into_id = models.UUIDField(_("merged into"), db_index=True)

    class Meta:
        verbose_name = _("merger")
        verbose_name_plural = _("mergers")

    @classmethod
    def title_of(cls, values: Mapping[str, Any]) -> str:
        """What the record was called that is no more."""
        return str(values.get("gone_title") or "")


def survivor_of(record_id: UUID) -> UUID | None:
    """The record that this one is part of now; None when it was never merged."""
    return survivors_of([record_id]).get(record_id)


def survivors_of(record_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """For those of the records that were merged, the record that each is part of now."""
    found = Merger._base_manager.filter(gone_id__in=set(record_ids))
    return dict(found.values_list("gone_id", "into_id"))


def merged_into(record_id: UUID) -> "models.QuerySet[Merger, Any]":
    """The ids of the records that are part of this one now."""
    return Merger._base_manager.filter(into_id=record_id).values_list("gone_id", flat=True)


def with_merged(record_id: UUID) -> list[UUID]:
    """The record and all that are part of it now: whose history is its history."""
    return [record_id, *merged_into(record_id)]


def note_merger(gone: Record, into: Record) -> None:
    """Say where a record went, within the verb that merges; what had been merged into it goes along."""
    earlier = Merger._base_manager.filter(into_id=gone.pk).values_list("pk", flat=True)
    change_many(Merger, {key: {"into_id": into.pk} for key in earlier})
    told = {"for_type": gone.record_type, "gone_title": gone.title[:300]}
    create_many(Merger, [{**told, "gone_id": gone.pk, "into_id": into.pk}])
