"""Orders: numbered, worth what their lines are worth, delivered or cancelled, seen with their rule."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from rapport.activities.models import Note
from rapport.catalog.models import Product
from rapport.core.actors import SYSTEM, Actor, acting_as
from rapport.core.bulk import create_many
from rapport.core.clock import today
from rapport.core.events import Event
from rapport.core.problems import Problem, StillNeeded
from rapport.core.search import search
from rapport.core.undo import undo_event
from rapport.core.work import Work, working
from rapport.directory.models import Organisation
from rapport.identity.actors import actor_for
from rapport.identity.models import Scope
from rapport.orders.models import Order, OrderLine, OrderStatus
from rapport.orders.queries import orders_of
from tests.activities.conftest import titles
from tests.cast import Cast, seen_by


@pytest.fixture
def acme(cast: Cast) -> Organisation:
    with acting_as(SYSTEM):
        return Organisation.create(name="Acme", owner=cast.alice)


@pytest.fixture
def order(cast: Cast, acme: Organisation) -> Order:
    with cast.acting(cast.alice):
        return Order.create(organisation=acme, owner=cast.alice, currency="EUR")


def test_an_order_without_a_number_gets_the_next(cast: Cast, acme: Organisation, order: Order) -> None:
    with cast.acting(cast.alice):
        following = Order.create(organisation=acme)
        own = Order.create(organisation=acme, number="PO 77")
    assert order.number.startswith("O-")
    assert int(following.number[2:]) == int(order.number[2:]) + 1
    assert own.number == "PO 77"


def test_many_at_once_are_numbered_and_stand_on_the_timeline(as_system: Actor, acme: Organisation) -> None:
    rows = [{"organisation_id": acme.pk, "ordered_on": today(), "number": "X-1" if n == 2 else ""} for n in range(5)]
    with working(Work("order.create", as_system)):
        create_many(Order, rows)
    numbers = list(Order.objects.values_list("number", flat=True))
    assert len(set(numbers)) == 5
    assert "X-1" in numbers
    assert "" not in numbers
    assert len(titles(as_system, acme, "order")) == 5


def test_the_amount_is_that_of_the_lines(cast: Cast, order: Order) -> None:
    with cast.acting(cast.alice):
        pump = Product.objects.first()
        assert pump is None
        order.add_line(quantity=Decimal(3), unit_price=Decimal("19.99"), description="Pump")
        order.add_line(quantity=Decimal("0.5"), unit_price=Decimal(100), description="Day of work")
        order.refresh_from_db()
        assert order.amount == Decimal("109.97")
        OrderLine.objects.get(description="Pump").change(quantity=Decimal(1))
        order.refresh_from_db()
        assert order.amount == Decimal("69.99")
        OrderLine.objects.get(description="Pump").remove()
    order.refresh_from_db()
    assert order.amount == Decimal("50.00")


def test_a_discount_is_taken_off(cast: Cast, order: Order) -> None:
    with cast.acting(cast.alice):
        order.add_line(quantity=Decimal(3), unit_price=Decimal("9.99"), discount=Decimal("12.5"))
    assert order.lines.get().amount == Decimal("26.22")


def test_an_amount_from_elsewhere_stands_until_quantity_price_or_discount_change(cast: Cast, order: Order) -> None:
    with cast.acting(cast.alice) as alice:
        rows = [{"order_id": order.pk, "quantity": Decimal(2), "unit_price": Decimal(10), "amount": Decimal(19)}]
        with working(Work("orderline.create", alice)):
            create_many(OrderLine, rows)
        line = OrderLine.objects.get()
        line.change(description="Special price")
        assert line.amount == Decimal(19)
        line.change(quantity=Decimal(3))
    assert line.amount == Decimal(30)


def test_undoing_a_line_takes_its_amount_back(cast: Cast, order: Order) -> None:
    with cast.acting(cast.alice):
        order.add_line(quantity=Decimal(1), unit_price=Decimal(10))
        order.add_line(quantity=Decimal(2), unit_price=Decimal(10))
        undo_event(Event.objects.latest("id"))
    order.refresh_from_db()
    assert (order.amount, order.lines.count()) == (Decimal("10.00"), 1)


def test_removing_an_order_takes_its_lines_along_and_undo_brings_them_back(cast: Cast, order: Order) -> None:
    with cast.acting(cast.alice):
        order.add_line(quantity=Decimal(1), unit_price=Decimal(10))
        order.remove()
        assert not OrderLine.objects.exists()
        undo_event(Event.objects.latest("id"))
    assert Order.objects.get().lines.count() == 1


def test_a_customer_with_orders_is_not_deleted(cast: Cast, acme: Organisation, order: Order) -> None:
    with cast.acting(cast.dora), pytest.raises(StillNeeded):
        acme.remove()


def test_delivered_cancelled_reopened(cast: Cast, order: Order) -> None:
    with cast.acting(cast.alice):
        order.deliver()
        assert (order.status, order.delivered_on) == (OrderStatus.DELIVERED, today())
        order.cancel()
        with pytest.raises(Problem, match="Reopen it first"):
            order.deliver()
        order.reopen()
        assert order.status == OrderStatus.CONFIRMED
        with pytest.raises(ValidationError, match="before it was ordered"):
            order.deliver(on=order.ordered_on - timedelta(days=1))


def test_cancelled_orders_do_not_count(cast: Cast, acme: Organisation, order: Order) -> None:
    with cast.acting(cast.alice) as alice:
        other = Order.create(organisation=acme, ordered_on=today() - timedelta(days=3))
        assert list(orders_of(alice, acme)) == [order, other]
        order.cancel()
        assert list(orders_of(alice, acme)) == [other]


def test_it_is_found_by_its_number(cast: Cast, order: Order) -> None:
    assert [hit.record_id for hit in search(actor_for(cast.alice), order.number)] == [order.pk]


def test_with_a_team_rule_another_team_sees_neither_order_nor_lines_nor_place(
    cast: Cast, acme: Organisation, order: Order
) -> None:
    with cast.acting(cast.alice):
        order.add_line(quantity=Decimal(1), unit_price=Decimal(10))
        Note.create(text="About the order", about=[order])
    seen_by("order", Scope.TEAM)
    charlie = actor_for(cast.charlie)
    assert not Order.objects.visible_to(charlie).exists()
    assert not OrderLine.objects.visible_to(charlie).exists()
    assert titles(charlie, acme) == []
    assert titles(actor_for(cast.bob), acme) == ["About the order", order.number]
