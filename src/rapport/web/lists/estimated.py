"""Estimates in files: in columns of their own, for whoever asks for them; those of the fields stay empty."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.core.records import Record
from rapport.quality.imputing.reading import estimates_of
from rapport.quality.imputing.subjects import estimated_fields
from rapport.quality.models import Estimate

from .columns import Column


@dataclass(frozen=True)
class Beside:
    """What stands in a file beside the columns of a list: of each estimated one the value, and how sure it is."""

    record_type: str
    columns: Sequence[Column]

    @property
    def headings(self) -> list[object]:
        """Headings that no import takes for the field's own."""
        told = [(_("%(field)s: estimated"), _("%(field)s: how sure")) for _column in self.columns]
        return [
            words % {"field": column.label} for column, pair in zip(self.columns, told, strict=True) for words in pair
        ]

    def rows(self, records: Sequence[Record]) -> dict[UUID, list[object]]:
        """By record, the values below these headings; empty where the record has a value."""
        names = [column.name for column in self.columns]
        found = estimates_of(self.record_type, [record.pk for record in records], names) if names else {}
        return {record.pk: [value for name in names for value in _told(record, name, found)] for record in records}


def estimated_columns(record_type: str, columns: Sequence[Column]) -> list[Column]:
    """Those of the columns whose missing values may be estimated."""
    names = estimated_fields(record_type)
    return [column for column in columns if column.name in names]


def _told(record: Record, name: str, found: Mapping[tuple[UUID, str], Estimate]) -> tuple[object, object]:
    estimate = found.get((record.pk, name))
    if estimate is None or getattr(record, name) not in (None, ""):
        return "", ""
    return estimate.value, round(estimate.confidence, 2)
