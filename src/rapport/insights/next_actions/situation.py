"""The situation: what an actor may see now of its own work, or of one record, read once for all sources.

Each part is asked when the first source wants it. Rows come through `visible_to`, and hidden values are empty in them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from statistics import median
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from rapport.activities.models import IS_OPEN, Task, TimelineEntry
from rapport.activities.timeline import entries_visible_to
from rapport.catalog.queries import Rates, current_rates
from rapport.core.actors import Actor
from rapport.core.clock import now
from rapport.core.records import Record, RecordQuerySet
from rapport.leads.models import OPEN_STATUSES, Lead
from rapport.pipeline.models import Opportunity, Status

from .suggestion import Label

MOST = 400
USUAL_AMOUNT = Decimal(5_000)
CONTACTS = ("mail", "call", "meeting")

RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True)
class Sum:
    """An amount in the base currency, and where it comes from."""

    amount: Decimal
    told: Label


class Situation:
    """What one actor sees now: of what it owns, or of what belongs to `record`."""

    def __init__(self, actor: Actor, *, record: Record | None = None) -> None:
        self.actor = actor
        self.record = record

    def of(self, model: type[RecordT], *, through: Mapping[str, str] | None = None) -> RecordQuerySet[RecordT]:
        """The rows of a type that it is about; `through` names the columns that lead to other types of records."""
        rows: Any = model.objects.visible_to(self.actor)
        if self.record is None:
            condition = Q(owner_id=self.actor.user_id)
        elif isinstance(self.record, model):
            condition = Q(pk=self.record.pk)
        else:
            column = (through or {}).get(self.record.record_type)
            condition = Q(**{column: self.record.pk}) if column else Q(pk__in=[])
        found: RecordQuerySet[RecordT] = rows.filter(condition)
        return found

    @cached_property
    def opportunities(self) -> Sequence[Opportunity]:
        """The open ones, those that stand longest in their stage first."""
        found = self.of(Opportunity, through={"organisation": "organisation_id", "person": "person_id"})
        found = found.filter(status=Status.OPEN).select_related("stage")
        return list(found.order_by("stage_since", "id")[:MOST])

    @cached_property
    def leads(self) -> Sequence[Lead]:
        """The open ones, newest first."""
        return list(self.of(Lead).filter(status__in=OPEN_STATUSES).order_by("-id")[:MOST])

    @cached_property
    def tasks(self) -> Sequence[Task]:
        """The open ones with a day, the most pressing first."""
        rows = Task.objects.visible_to(self.actor).filter(IS_OPEN, due_on__isnull=False)
        if self.record is None:
            rows = rows.filter(owner_id=self.actor.user_id)
        else:
            placed = TimelineEntry.objects.filter(record_id=self.record.pk, item_type=Task.record_type)
            rows = rows.filter(Q(pk__in=placed.values("item_id")) | Q(pk=self.record.pk))
        return list(rows.order_by("due_on", "id")[:100])

    @cached_property
    def contacts(self) -> Mapping[UUID, Mapping[str, datetime]]:
        """The last mail, call and meeting on the timeline of each open opportunity."""
        return self.last_contacts(one.pk for one in self.opportunities)

    def last_contacts(self, ids: Iterable[UUID]) -> Mapping[UUID, Mapping[str, datetime]]:
        """The last mail, call and meeting on the timelines of these records, as far as they may be seen."""
        keys = list(ids)
        found: dict[UUID, dict[str, datetime]] = {key: {} for key in keys}
        if keys:
            rows: Any = entries_visible_to(self.actor, kinds=CONTACTS).filter(record_id__in=keys, at__lte=now())
            for key, kind, at in rows.order_by().values_list("record_id", "item_type").annotate(Max("at")):
                found[key][kind] = at
        return found

    @cached_property
    def rates(self) -> Rates:
        """What currencies are worth."""
        return current_rates()

    def sum_of(self, amount: Decimal | None, currency: str, told: Label) -> Sum:
        """An amount in the base currency; the usual one where none is known, hidden, or without a rate."""
        known = None if amount is None else self.rates.in_base(amount, currency)
        return self.usual_sum if known is None else Sum(known, told)

    @cached_property
    def usual_sum(self) -> Sum:
        """The middle one of the amounts of the open opportunities; a stated one where there are none."""
        pairs = [(one.amount, one.currency) for one in self.opportunities]
        known = [sum_ for amount, code in pairs if amount is not None and (sum_ := self.rates.in_base(amount, code))]
        if not known:
            return Sum(USUAL_AMOUNT, _("assumed, no amount is known"))
        return Sum(median(known), _("the middle of the open amounts, as none is known here"))
