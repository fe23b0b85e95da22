"""The records of own types: one table for all of them, told apart by `kind`; the rest lies in `attributes`."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.core.record_sets import RecordQuerySet
from rapport.core.sorting import sort_key
from rapport.identity.models import OwnedRecord

_Filtered = models.Manager.from_queryset(RecordQuerySet)


class OfOwnType(_Filtered):  # type: ignore[type-arg]
    """The records of one own type; of all where no type is meant."""

    def get_queryset(self) -> Any:
        """Only this type's rows."""
        rows = super().get_queryset()
        return rows.filter(kind=self.model.record_type) if self.model._meta.proxy else rows


class OwnRecord(OwnedRecord):
    """A record of an own type; each type is a proxy of this model, made by `own.types`."""

    kind = models.CharField(_("record type"), max_length=40, blank=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    sort_name = sort_key("name")

    objects = OfOwnType()  # type: ignore[misc,assignment]

    class Meta:
        verbose_name = _("record of an own type")
        verbose_name_plural = _("records of own types")
        indexes = [
            models.Index(fields=["kind", "id"], name="own_record_of_kind"),
            models.Index(fields=["sort_name", "id"], name="own_record_by_name"),
        ]

    @classmethod
    def search_text_of(cls, values: Mapping[str, Any]) -> str | None:
        """The name, which is the title, and what its own fields say."""
        return ""

    @classmethod
    def complete_rows(cls, rows: Sequence[dict[str, Any]]) -> None:
        """Each row is of this type."""
        super().complete_rows(rows)
        for row in rows:
            row["kind"] = row.get("kind") or cls.record_type

    def save(self, *args: object, **options: object) -> None:
        """Write the row, of this type."""
        self.kind = self.kind or self.record_type
        super().save(*args, **options)
