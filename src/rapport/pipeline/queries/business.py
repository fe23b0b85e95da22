"""What we do with an organisation: what is open, what was won and lost."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Sum

from rapport.catalog.queries import Total, current_rates, total_of
from rapport.core.actors import Actor
from rapport.core.record_sets import RecordQuerySet
from rapport.directory.models import Organisation, Person

from ..models import Opportunity, Status


@dataclass(frozen=True)
class Business:
    """Opportunities of an organisation by status: how many, and how much in the base currency.

    There are no totals where amounts are hidden from the actor.
    """

    counts: dict[str, int]
    totals: dict[str, Total]

    def count(self, status: str) -> int:
        """How many opportunities stand so."""
        return self.counts.get(status, 0)

    @property
    def win_rate(self) -> float | None:
        """The share won of those decided, from 0 to 1; None when none is decided."""
        decided = self.count(Status.WON) + self.count(Status.LOST)
        return self.count(Status.WON) / decided if decided else None


def business_of(actor: Actor, organisation: Organisation) -> Business:
    """What the actor sees of the business with an organisation, in two statements."""
    rates = current_rates()
    rows = Opportunity.objects.visible_to(actor).filter(organisation=organisation).order_by()
    counts: dict[str, int] = defaultdict(int)
    amounts: dict[str, list[tuple[str, Decimal]]] = {status.value: [] for status in Status}
    for row in rows.values("status", "currency").annotate(count=Count("pk"), total=Sum("amount")):
        counts[row["status"]] += row["count"]
        if row["total"] is not None:
            amounts[row["status"]].append((row["currency"], row["total"]))
    if "opportunity.amount" in actor.hidden_fields:
        return Business(dict(counts), {})
    return Business(dict(counts), {status: total_of(found, rates) for status, found in amounts.items()})


def open_opportunities_of(actor: Actor, subject: Organisation | Person) -> RecordQuerySet[Opportunity]:
    """What is open with an organisation or a person, the next to close first."""
    rows = Opportunity.objects.visible_to(actor).filter(status=Status.OPEN).select_related("stage", "owner")
    which = {"organisation": subject} if isinstance(subject, Organisation) else {"person": subject}
    return rows.filter(**which).order_by(F("expected_close").asc(nulls_last=True), "id")
