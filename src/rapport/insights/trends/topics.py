"""What is counted: each topic is one kind of record, by one of its values, on one of its days."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.catalog.models import Product
from rapport.core.actors import Actor
from rapport.directory.models import Organisation
from rapport.governance.domains import Country
from rapport.leads.models import Lead
from rapport.orders.models import Order, OrderLine
from rapport.orders.models.order import OrderStatus
from rapport.pipeline.models import Opportunity
from rapport.support.models import Ticket

_NOT_BOUGHT = (OrderStatus.DRAFT, OrderStatus.CANCELLED)


@dataclass(frozen=True)
class Topic:
    """What is counted by month; `of` names one value of it, `counted` what is counted.

    `record` is the column that holds the record to open. `rests_on` are the fields it would tell of.
    """

    key: str
    label: str | Promise
    counted: str | Promise
    icon: str
    record_type: str
    rows: Callable[[Actor], QuerySet[Any]]
    value: str
    day: str
    record: str
    rests_on: frozenset[str]
    names: Callable[[Actor, list[Any]], dict[Any, str]]

    def is_told_to(self, actor: Actor) -> bool:
        """Whether the actor sees the fields that it rests on."""
        return not (actor.hidden_fields & self.rests_on) and actor.may(f"{self.record_type}.read")


def _orders(actor: Actor) -> QuerySet[Any]:
    orders = Order.objects.visible_to(actor).exclude(status__in=_NOT_BOUGHT)
    if Organisation.restricts(actor):
        orders = orders.filter(organisation__in=Organisation.objects.visible_to(actor))
    return orders


def _lines(actor: Actor) -> QuerySet[Any]:
    return OrderLine.objects.visible_to(actor).exclude(order__status__in=_NOT_BOUGHT)


def _products(actor: Actor, keys: list[Any]) -> dict[Any, str]:
    return dict(Product.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", "name"))


def _countries(_actor: Actor, keys: list[Any]) -> dict[Any, str]:
    labels = Country().labels()
    return {key: str(labels.get(key, key)) for key in keys}


def _as_they_are(_actor: Actor, keys: list[Any]) -> dict[Any, str]:
    return {key: str(key) for key in keys}


TOPICS: tuple[Topic, ...] = (
    Topic(
        key="products",
        label=_("Products sold"),
        counted=_("order lines"),
        icon="package",
        record_type="order",
        rows=_lines,
        value="product",
        day="order__ordered_on",
        record="order_id",
        rests_on=frozenset({"orderline.product", "order.ordered_on", "order.status"}),
        names=_products,
    ),
    Topic(
        key="wanted",
        label=_("Products asked for"),
        counted=_("new opportunities"),
        icon="target",
        record_type="opportunity",
        rows=Opportunity.objects.visible_to,
        value="product",
        day="opened_on",
        record="id",
        rests_on=frozenset({"opportunity.product", "opportunity.opened_on"}),
        names=_products,
    ),
    Topic(
        key="industries",
        label=_("Industries that buy"),
        counted=_("orders"),
        icon="building-2",
        record_type="order",
        rows=_orders,
        value="organisation__industry",
        day="ordered_on",
        record="id",
        rests_on=frozenset({"organisation.industry", "order.ordered_on", "order.status", "order.organisation"}),
        names=_as_they_are,
    ),
    Topic(
        key="countries",
        label=_("Countries that buy"),
        counted=_("orders"),
        icon="globe",
        record_type="order",
        rows=_orders,
        value="organisation__country",
        day="ordered_on",
        record="id",
        rests_on=frozenset({"organisation.country", "order.ordered_on", "order.status", "order.organisation"}),
        names=_countries,
    ),
    Topic(
        key="sources",
        label=_("Where leads come from"),
        counted=_("leads"),
        icon="user-search",
        record_type="lead",
        rows=Lead.objects.visible_to,
        value="source",
        day="received_on",
        record="id",
        rests_on=frozenset({"lead.source", "lead.received_on"}),
        names=_as_they_are,
    ),
    Topic(
        key="complaints",
        label=_("What customers complain about"),
        counted=_("tickets"),
        icon="life-buoy",
        record_type="ticket",
        rows=Ticket.objects.visible_to,
        value="category",
        day="opened_at",
        record="id",
        rests_on=frozenset({"ticket.category", "ticket.opened_at"}),
        names=_as_they_are,
    ),
    Topic(
        key="troubles",
        label=_("Products with tickets"),
        counted=_("tickets"),
        icon="circle-alert",
        record_type="ticket",
        rows=Ticket.objects.visible_to,
        value="product",
        day="opened_at",
        record="id",
        rests_on=frozenset({"ticket.product", "ticket.opened_at"}),
        names=_products,
    ),
)


def topics_for(actor: Actor) -> list[Topic]:
    """The topics that may be told to the actor."""
    return [topic for topic in TOPICS if topic.is_told_to(actor)]
