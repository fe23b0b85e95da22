"""Probable duplicates beside a record."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from rapport.core.labelled import labelled
from rapport.quality.duplicates.known import KINDS, Known, known_as, pairs_of
from rapport.quality.duplicates.review import pairs_with
from rapport.quality.duplicates.telling import agreeing, agreeing_with_lead
from rapport.quality.models import DuplicatePair
from rapport.web.places import record_address
from rapport.web.records.lookup import titles_of
from rapport.web.records.related import RelatedPanel, Row

from .listing import compare_address, may_merge
from .words import sureness


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
        address = compare_address(record.for_type, [record.left_id, record.right_id])
        said = labelled(sureness(record.probability), agreeing(self.actor, record.for_type, record.evidence))
        return Row(self._titles.get(other, ""), address, more=said)

    @cached_property
    def _pairs(self) -> list[DuplicatePair]:
        return pairs_with(self.actor, self.record)

    @cached_property
    def _titles(self) -> dict[UUID, str]:
        ids = {key for pair in self._pairs for key in (pair.left_id, pair.right_id)}
        return titles_of({self.record.record_type: ids}, self.actor)


class OnRecordAlready(RelatedPanel):
    """Whom on record a lead probably is: converting it proposes them."""

    key, title, icon = "known", _("Probably on record already"), "user-search"

    def applies(self) -> bool:
        """Only where there is anybody."""
        return bool(self._known)

    def rests_on(self) -> Sequence[QuerySet[Any]]:
        """Pairs with it, whoever sees them."""
        kinds = [pairs_of(kind) for kind in KINDS]
        return (DuplicatePair.objects.filter(for_type__in=kinds, right_id=self.record.pk),)

    def found(self) -> Iterable[Any]:
        """The surest first."""
        return self._known

    def row(self, record: Known) -> Row:
        """Who it is, and what agrees."""
        agrees = agreeing_with_lead(self.actor, record.kind, record.pair.evidence)
        address = record_address(record.kind, record.record.pk)
        return Row(record.record.title, address, more=labelled(sureness(record.pair.probability), agrees))

    @cached_property
    def _known(self) -> list[Known]:
        return known_as(self.actor, self.record)
