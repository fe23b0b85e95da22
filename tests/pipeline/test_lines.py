"""Products on opportunities, and the amount that follows from them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from rapport.catalog.models import Product
from rapport.core.events import Event
from rapport.core.problems import Forbidden, Problem
from rapport.core.undo import undo_event
from rapport.pipeline.models import OpportunityLine
from rapport.pipeline.models.opportunity_line import line_amount
from tests.cast import Cast
from tests.conftest import all_rows
from tests.pipeline.sales import sale

pytestmark = pytest.mark.usefixtures("fresh")


@pytest.fixture
def pump(cast: Cast) -> Product:
    with cast.acting(cast.bob):
        return Product.create(name="Pump", list_price=Decimal(900))


def test_the_amount_follows_the_products(cast: Cast, pump: Product) -> None:
    machine = sale(cast, amount=Decimal(5))
    with cast.acting(cast.alice):
        first = machine.add_line(pump, quantity=Decimal(2), discount=Decimal(10))
        assert (first.unit_price, first.amount, machine.amount) == (Decimal(900), Decimal(1_620), Decimal(1_620))
        machine.add_line(pump, unit_price=Decimal(100))
        assert (machine.amount, machine.product, machine.currency) == (Decimal(1_720), pump, "EUR")
        machine.change_line(first, quantity=Decimal(1))
        assert machine.amount == Decimal(910)
        machine.remove_line(first)
    machine.refresh_from_db()
    assert (machine.amount, machine.lines.count()) == (Decimal(100), 1)


def test_an_amount_that_follows_products_is_not_typed_over(cast: Cast, pump: Product) -> None:
    machine = sale(cast)
    with cast.acting(cast.alice):
        line = machine.add_line(pump)
        with pytest.raises(ValidationError, match="follows the products"):
            machine.change(amount=Decimal(1))
        machine.refresh_from_db()
        machine.remove_line(line)
        machine.change(amount=Decimal(1))


def test_a_product_without_a_price_in_the_currency_asks_for_one(cast: Cast, pump: Product) -> None:
    machine = sale(cast, currency="USD")
    with cast.acting(cast.alice):
        with pytest.raises(ValidationError, match="No price in USD is known"):
            machine.add_line(pump)
        machine.add_line(pump, unit_price=Decimal(1_000))


def test_adding_a_product_is_one_event_and_undone_as_one(cast: Cast, pump: Product) -> None:
    machine = sale(cast)
    before, count = all_rows("pipeline_opportunity", "pipeline_opportunityline"), Event.objects.count()
    with cast.acting(cast.alice):
        machine.add_line(pump)
        assert Event.objects.count() == count + 1
        undo_event(Event.objects.latest("id"))
    assert all_rows("pipeline_opportunity", "pipeline_opportunityline") == before


def test_lines_belong_to_their_opportunity_and_to_those_who_see_it(cast: Cast, pump: Product) -> None:
    machine, other = sale(cast), sale(cast, "Other")
    with cast.acting(cast.alice):
        line = machine.add_line(pump)
        with pytest.raises(Problem, match="another opportunity"):
            other.remove_line(line)
    with cast.acting(cast.charlie) as charlie:
        assert not OpportunityLine.objects.visible_to(charlie).exists()
        with pytest.raises(Forbidden):
            machine.add_line(pump)


@given(
    quantity=st.decimals(0, 9_999, places=3),
    price=st.decimals(0, 99_999, places=2),
    discount=st.decimals(0, 100, places=2),
)
def test_a_line_is_never_below_zero_nor_above_its_gross_price(
    quantity: Decimal, price: Decimal, discount: Decimal
) -> None:
    amount = line_amount(quantity, price, discount)
    assert 0 <= amount <= quantity * price + Decimal("0.005")
