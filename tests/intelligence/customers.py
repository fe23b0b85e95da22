"""Customers made up for tests, with their orders in the records."""

from datetime import date, timedelta
from uuid import UUID, uuid5

from rapport.core.clock import today
from rapport.core.identifiers import uuid7
from rapport.directory.models import Organisation
from rapport.orders.models import Order
from tests.cast import Cast
from tests.intelligence.history import _write
from tests.intelligence.shops import buyers

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
