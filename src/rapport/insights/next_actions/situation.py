"""The situation: what an actor may see now of its own work, or of one record, read once for all sources.

Each part is asked when the first source wants it. Rows come through `visible_to`, and hidden values are empty in them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cached_property
from statistics import median
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, F, Max, Min, Q, Sum
from django.utils.translation import gettext_lazy as _

from rapport.activities.models import IS_OPEN, Task, TimelineEntry
from rapport.activities.timeline import entries_visible_to
from rapport.catalog.queries import Rates, current_rates
from rapport.core.actors import Actor
from rapport.core.clock import now, today
from rapport.core.record_sets import RecordQuerySet
from rapport.core.records import Record
from rapport.directory.models import Lifecycle, Organisation
from rapport.leads.models import OPEN_STATUSES, Lead
from rapport.orders.models import Contract, ContractStatus, Order, OrderStatus
from rapport.oversight.models import Proposal, ProposalState
from rapport.pipeline.models import Opportunity, Status
from rapport.support.models import Ticket, TicketStatus

from .suggestion import Label

MOST, MOST_CUSTOMERS = 200, 150
LIKELY_CUSTOMER, SUPPLIER_LEAVES_IN = 30, timedelta(days=120)
TOLD_FOR, FEWEST_CONTACTS = timedelta(days=730), 4
USUAL_AMOUNT = Decimal(5_000)
CONTACTS = ("mail", "call", "meeting")

RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True)
class Amount:
    """An amount in the base currency, and where it comes from."""

    amount: Decimal
    told: Label


class Contacts:
    """What was said with somebody in two years: first, last and number by kind of contact."""

    def __init__(self, by_kind: Mapping[str, Sequence[Any]]) -> None:
        self._by_kind = by_kind

    @property
    def last(self) -> datetime | None:
        """The last contact of any kind."""
        return max((last for _first, last, _count in self._by_kind.values()), default=None)

    @property
    def last_meeting(self) -> datetime | None:
        """The last meeting."""
        return self._by_kind["meeting"][1] if "meeting" in self._by_kind else None

    @property
    def usual_days(self) -> int | None:
        """How many days usually lie between two contacts; None where there were fewer than four."""
        count = sum(int(count) for _first, _last, count in self._by_kind.values())
        if count < FEWEST_CONTACTS or self.last is None:
            return None
        first: datetime = min(first for first, _last, _count in self._by_kind.values())
        return max((self.last - first).days // (count - 1), 1)


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

    def hides(self, field: str) -> bool:
        """Whether a field is hidden from the actor."""
        return field in self.actor.hidden_fields

    @cached_property
    def opportunities(self) -> Sequence[Opportunity]:
        """The open ones, the greatest first, if the actor may know."""
        found = self.of(Opportunity, through={"organisation": "organisation_id", "person": "person_id"})
        found = found.filter(status=Status.OPEN).select_related("stage")
        by_size = [] if self.hides("opportunity.amount") else [F("amount").desc(nulls_last=True)]
        return list(found.order_by(*by_size, "stage_since", "id")[:MOST])

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
    def customers(self) -> Sequence[Organisation]:
        """Organisations that are customers, those that will most probably leave first, if the actor may know."""
        found = self.of(Organisation).filter(lifecycle=Lifecycle.CUSTOMER)
        by_risk = [] if self.hides("organisation.risk_of_leaving") else [F("risk_of_leaving").desc(nulls_last=True)]
        return list(found.order_by(*by_risk, "id")[:MOST_CUSTOMERS])

    @cached_property
    def prospects(self) -> Sequence[Organisation]:
        """Those that will probably become customers, or whose contract with their present supplier ends soon, as far
        as the actor may know either."""
        likely, ending = Q(chance_to_become_customer__gte=LIKELY_CUSTOMER), _soon("supplied_until", SUPPLIER_LEAVES_IN)
        knows_chances = not self.hides("organisation.chance_to_become_customer")
        wanted = (likely if knows_chances else Q(pk__in=[])) | (
            Q(pk__in=[]) if self.hides("organisation.supplied_until") else ending
        )
        by_chance = [F("chance_to_become_customer").desc(nulls_last=True)] if knows_chances else []
        found = self.of(Organisation).filter(wanted, lifecycle__in=("", Lifecycle.PROSPECT))
        return list(found.order_by(*by_chance, "id")[:MOST_CUSTOMERS])

    @cached_property
    def contracts(self) -> Sequence[Contract]:
        """Those in force that end, or can be ended, within three months, the first first."""
        quarter = timedelta(days=90)
        found = self.of(Contract, through={"organisation": "organisation_id"}).filter(status=ContractStatus.ACTIVE)
        found = found.filter(_soon("notice_by", quarter) | _soon("ends_on", quarter))
        return list(found.select_related("organisation").order_by("ends_on", "id")[:100])

    @cached_property
    def quotes(self) -> Sequence[Order]:
        """Orders that the customer has not confirmed, the oldest first."""
        found = self.of(Order, through={"organisation": "organisation_id", "opportunity": "opportunity_id"})
        return list(found.filter(status=OrderStatus.DRAFT).order_by("ordered_on", "id")[:100])

    @cached_property
    def tickets(self) -> Sequence[Ticket]:
        """Tickets that wait for us, the oldest first; for a person, those of its customers too."""
        waiting = Q(status__in=(TicketStatus.NEW, TicketStatus.OPEN))
        if self.record is None:
            user = self.actor.user_id
            rows = Ticket.objects.visible_to(self.actor).filter(Q(owner_id=user) | Q(organisation__owner_id=user))
        else:
            rows = self.of(Ticket, through={"organisation": "organisation_id", "person": "person_id"})
        return list(rows.filter(waiting).order_by("opened_at", "id")[:100])

    @cached_property
    def proposals(self) -> Sequence[Proposal]:
        """What machines propose and nobody has decided, the oldest first."""
        rows = Proposal.objects.visible_to(self.actor).filter(state=ProposalState.PENDING, expires_at__gt=now())
        mine = (
            Q(asked_id=self.actor.user_id)
            if self.record is None
            else Q(subject_id=self.record.pk) | Q(pk=self.record.pk)
        )
        return list(rows.filter(mine).order_by("id")[:100])

    @cached_property
    def contacts(self) -> Mapping[UUID, Contacts]:
        """Mails, calls and meetings of two years on the timelines of opportunities, customers and prospects, as far as
        seen."""
        keys = [one.pk for some in (self.opportunities, self.customers, self.prospects) for one in some]
        found: dict[UUID, dict[str, Sequence[Any]]] = {key: {} for key in keys}
        if keys:
            rows: Any = entries_visible_to(self.actor, kinds=CONTACTS).filter(
                record_id__in=keys, at__lte=now(), at__gt=now() - TOLD_FOR
            )
            counted = rows.order_by().values_list("record_id", "item_type")
            for key, kind, *figures in counted.annotate(Min("at"), Max("at"), Count("item_id")):
                found[key][kind] = figures
        return {key: Contacts(by_kind) for key, by_kind in found.items()}

    @cached_property
    def bought(self) -> Mapping[UUID, Decimal]:
        """What each customer, and each with a ticket or contract, ordered in a year, in the base currency."""
        asked = {one.organisation_id for one in self.tickets if one.organisation_id}
        asked |= {one.organisation_id for one in self.contracts} | {one.pk for one in self.customers}
        orders: Any = Order.objects.visible_to(self.actor).filter(organisation_id__in=asked)
        orders = orders.filter(ordered_on__gt=today() - timedelta(days=365)).exclude(
            status__in=(OrderStatus.DRAFT, OrderStatus.CANCELLED)
        )
        found: dict[UUID, Decimal] = {}
        for key, code, amount in orders.order_by().values_list("organisation_id", "currency").annotate(Sum("amount")):
            if amount is not None and not self.hides("order.amount"):
                found[key] = found.get(key, Decimal(0)) + (self.rates.in_base(amount, code) or 0)
        return found

    @cached_property
    def expected_orders(self) -> Mapping[UUID, Decimal]:
        """What customers will order within a year, as predicted."""
        told = () if self.hides("organisation.lifetime_value") else self.customers
        return {one.pk: one.lifetime_value for one in told if one.lifetime_value}

    def business_with(self, organisation_id: UUID | None) -> Amount:
        """What a customer will probably order in a year, else what it ordered, else the usual amount."""
        expected = self.expected_orders.get(organisation_id) if organisation_id else None
        if expected:
            return Amount(expected, _("expected orders of 12 months, as predicted"))
        amount = self.bought.get(organisation_id) if organisation_id else None
        return Amount(amount, _("ordered in the last 12 months")) if amount else self.usual_sum

    @cached_property
    def rates(self) -> Rates:
        """What currencies are worth."""
        return current_rates()

    def sum_of(self, amount: Decimal | None, currency: str, told: Label) -> Amount:
        """An amount in the base currency; the usual one where none is known, hidden, or without a rate."""
        known = None if amount is None else self.rates.in_base(amount, currency)
        return self.usual_sum if known is None else Amount(known, told)

    @cached_property
    def usual_sum(self) -> Amount:
        """The middle one of the amounts of the open opportunities that the actor owns, beside a record too, so that a
        suggestion has the same value everywhere; a stated one where there are none."""
        own = self if self.record is None else Situation(self.actor)
        pairs = [(one.amount, one.currency) for one in own.opportunities]
        known = [sum_ for amount, code in pairs if amount is not None and (sum_ := self.rates.in_base(amount, code))]
        if not known:
            return Amount(USUAL_AMOUNT, _("assumed, no amount is known"))
        return Amount(median(known), _("the middle of the open amounts, as none is known here"))


def _soon(column: str, within: timedelta) -> Q:
    return Q(**{f"{column}__range": (today(), today() + within)})
