"""Probable duplicates beside a record."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from rapport.core.records import RECORD_TYPES
from rapport.quality.duplicates.review import pairs_with
from rapport.quality.models import DuplicatePair
from rapport.web.records.related import RelatedPanel, Row

from .listing import compare_address, may_merge
from .words import agreeing, sureness


class Duplicates(RelatedPanel):
    """Records that are probably the same; not shown where there are none."""

    key, title, icon = "duplicates", _("Probably the same"), "copy"

    def applies(self) -> bool:
        """Only where there are any, for whoever may merge them."""
        return may_merge(self.actor, self.record.record_type) and bool(self._pairs)

    def rests_on(self) -> Sequence[QuerySet[Any]]:
        """Pairs with it, whoever sees them."""
        key = self.record.pk
        return (DuplicatePair.objects.filter(left_id=key), DuplicatePair.objects.filter(right_id=key))

    def found(self) -> Iterable[Any]:
        """The surest first."""
        return self._pairs

    def row(self, record: DuplicatePair) -> Row:
        """The other record, and what agrees; leads to both side by side."""
        other = record.right_id if record.left_id == self.record.pk else record.left_id
        seen = RECORD_TYPES[record.for_type].objects.visible_to(self.actor).filter(pk=other).first()
        address = compare_address(record.for_type, [record.left_id, record.right_id])
        said = f"{sureness(record.probability)}: {agreeing(self.actor, record.for_type, record.evidence)}"
        return Row(seen.title if seen else "", address, more=said)

    @cached_property
    def _pairs(self) -> list[DuplicatePair]:
        return pairs_with(self.actor, self.record)
