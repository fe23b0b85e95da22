"""Customers made up for tests, with their orders in the records."""

from datetime import date, timedelta
from uuid import UUID, uuid5

from rapport.catalog.models import Product
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import now, today
from rapport.core.identifiers import uuid7
from rapport.directory.models import Organisation
from rapport.orders.models import Order, OrderLine
from rapport.support.models import Ticket
from tests.cast import Cast
from tests.intelligence.history import _write
from tests.intelligence.shops import buyers, customers_with_tastes

_SPACE = UUID(int=7)


def make_customers(cast: Cast, *, customers: int = 160, weeks: int = 130, seed: int = 1) -> None:
    """Organisations that order at rates and prices of their own until they leave; the last order was days ago."""
    lines = [line for line in zip(*buyers(customers, weeks=weeks, seed=seed), strict=True) if None not in line]
    shift = today() - max(date.fromisoformat(day) for _customer, day, _amount in lines) - timedelta(days=2)
    names = sorted({customer for customer, _day, _amount in lines})
    with cast.acting(cast.alice):
        _write(Organisation, [{"id": uuid5(_SPACE, name), "name": f"Customer {name}"} for name in names])
        _write(
            Order,
            [
                {
                    "id": uuid7(),
                    "organisation_id": uuid5(_SPACE, customer),
                    "ordered_on": date.fromisoformat(day) + shift,
                    "amount": amount,
                    "currency": "EUR",
                    "status": "delivered",
                }
                for customer, day, amount in lines
            ],
        )


def make_buyers_with_tastes(cast: Cast, *, customers: int = 100) -> None:
    """Customers who buy ever new products of one of four kinds, over two years."""
    _basket, items, buyers_, days = customers_with_tastes(customers)
    lines = sorted(zip(buyers_, days, items, strict=True))
    last = max(date.fromisoformat(str(day)) for day in days)
    orders = {pair: uuid7() for pair in sorted({(customer, day) for customer, day, _item in lines})}
    with acting_as(SYSTEM):
        products = {item: Product.create(name=f"Thing {item}").pk for item in sorted(set(items))}
        names = sorted(set(buyers_))
        mine = {"owner_id": cast.alice.pk, "team_id": cast.north.pk}
        _write(Organisation, [{"id": uuid5(_SPACE, name), "name": name} | mine for name in names])
        _write(
            Order,
            [
                {"id": key, "organisation_id": uuid5(_SPACE, customer), "ordered_on": _stretched(day, last)}
                | {"status": "delivered"}
                | mine
                for (customer, day), key in orders.items()
            ],
        )
        _write(
            OrderLine,
            [{"order_id": orders[customer, day], "product_id": products[item]} for customer, day, item in lines],
        )


def _stretched(day: str, last: date) -> date:
    """Twice as long ago."""
    return today() - timedelta(days=1) - 2 * (last - date.fromisoformat(day))


def make_kinds_of_customers(cast: Cast) -> None:
    """Forty large ones that order every month, forty small ones that order twice a year, forty that stopped."""
    orders = []
    names = [f"{kind} {number}" for kind in ("Large", "Small", "Gone") for number in range(40)]
    for number, name in enumerate(names):
        kind = name.split()[0]
        every, amount = {"Large": (30, 20_000), "Small": (180, 500), "Gone": (60, 3_000)}[kind]
        last = 500 if kind == "Gone" else 5
        days = range(last + number % 20, 1_000 - 2 * (number % 40), every)
        orders += [(name, today() - timedelta(days=day), amount * (90 + number % 20) / 100) for day in days]
    with cast.acting(cast.alice):
        _write(Organisation, [{"id": uuid5(_SPACE, name), "name": name} for name in names])
        _write(
            Order,
            [
                {"organisation_id": uuid5(_SPACE, name), "ordered_on": day, "amount": amount, "currency": "EUR"}
                | {"status": "delivered"}
                for name, day, amount in orders
            ],
        )


def make_tickets(cast: Cast, *, customers: int = 180) -> None:
    """Every third customer waits for answers and gives low marks; a ticket every forty days over two years."""
    names = [f"{'Cross' if number % 3 == 0 else 'Calm'} {number}" for number in range(customers)]
    rows = []
    for number, name in enumerate(names):
        is_cross = number % 3 == 0
        for day in range(5 + number % 40, 730, 40):
            opened = now() - timedelta(days=day)
            rows.append(
                {
                    "subject": "Help",
                    "organisation_id": uuid5(_SPACE, name),
                    "opened_at": opened,
                    "first_answer_at": opened + timedelta(days=4 if is_cross else 0, hours=3),
                    "solved_at": opened + timedelta(days=5 if is_cross else 1),
                    "status": "solved",
                    "satisfaction": (1 if is_cross else 5) if number % 7 else 3,
                }
            )
    with cast.acting(cast.alice):
        _write(Organisation, [{"id": uuid5(_SPACE, name), "name": name} for name in names])
    with acting_as(SYSTEM):
        _write(Ticket, rows)
