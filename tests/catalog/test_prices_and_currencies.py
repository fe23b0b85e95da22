"""Products, price lists, currencies."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from rapport.catalog.models import Currency, PriceList, Product
from rapport.catalog.queries import base_currency, current_rates, price_of, total_of
from rapport.core.clock import today
from rapport.core.events import Event
from rapport.core.problems import Forbidden, Problem
from rapport.core.undo import undo_event
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("fresh")


def test_managers_keep_the_catalogue_and_sellers_read_it(cast: Cast) -> None:
    with cast.acting(cast.bob):
        pump = Product.create(name="Pump", code="P-1", list_price=Decimal(900))
    with cast.acting(cast.alice) as alice:
        assert Product.objects.visible_to(alice).get() == pump
        with pytest.raises(Forbidden):
            pump.withdraw()
    assert not Product.objects.visible_to(cast.stranger).exists()


def test_no_two_products_share_a_code_but_many_have_none(cast: Cast) -> None:
    with cast.acting(cast.bob):
        Product.create(name="Pump", code="P-1")
        Product.create(name="Valve")
        Product.create(name="Hose")
        with pytest.raises(ValidationError, match="Another product has this code"):
            Product.create(name="Pump 2", code="P-1")


def test_a_price_comes_from_the_valid_list_in_that_currency_else_from_the_product(cast: Cast) -> None:
    with cast.acting(cast.bob):
        pump = Product.create(name="Pump", list_price=Decimal(900))
        export = PriceList.create(name="Export", currency="USD")
        export.set_price(pump, Decimal(1_000))
        old = PriceList.create(name="Last year", currency="EUR", valid_until=today() - timedelta(days=1))
        old.set_price(pump, Decimal(800))
        assert price_of(pump, currency="EUR") == Decimal(900)
        assert price_of(pump, currency="EUR", on=today() - timedelta(days=2)) == Decimal(800)
        assert price_of(pump, currency="USD") == Decimal(1_000)
        assert price_of(pump, currency="GBP") is None


def test_the_default_list_comes_first_and_there_is_only_one(cast: Cast) -> None:
    with cast.acting(cast.bob):
        pump = Product.create(name="Pump")
        for name, amount in (("A", 10), ("B", 20)):
            PriceList.create(name=name, currency="EUR").set_price(pump, Decimal(amount))
        for name in ("A", "B"):
            PriceList.objects.get(name=name).make_default()
        assert price_of(pump, currency="EUR") == Decimal(20)
        assert PriceList.objects.filter(is_default=True).get().name == "B"


def test_setting_a_price_again_changes_it_and_undo_brings_the_old_one_back(cast: Cast) -> None:
    with cast.acting(cast.bob):
        pump, prices = Product.create(name="Pump"), PriceList.create(name="Export", currency="USD")
        prices.set_price(pump, Decimal(1_000))
        prices.set_price(pump, Decimal(1_100))
        assert price_of(pump, currency="USD") == Decimal(1_100)
        undo_event(Event.objects.latest("id"))
        assert price_of(pump, currency="USD") == Decimal(1_000)
        with pytest.raises(ValidationError, match="below zero"):
            prices.set_price(pump, Decimal(-1))


def test_totals_are_given_in_the_base_currency_and_name_what_they_leave_out(cast: Cast) -> None:
    with cast.acting(cast.dora):
        Currency.create(code="USD").set_rate(Decimal("0.9"), on=date(2026, 1, 2))
        found = total_of(
            [("", Decimal(100)), ("EUR", Decimal(10)), ("USD", Decimal(100)), ("GBP", Decimal(5))], current_rates()
        )
    assert (found.amount, found.currency, found.left_out) == (Decimal(200), "EUR", ("GBP",))


def test_another_base_currency_turns_the_rates_round(cast: Cast) -> None:
    with cast.acting(cast.dora):
        dollar = Currency.create(code="USD")
        dollar.set_rate(Decimal("0.8"))
        dollar.make_base()
        assert base_currency() == "USD"
        assert current_rates().by_code == {"USD": Decimal(1), "EUR": Decimal("1.25")}
        with pytest.raises(Problem, match="always worth 1"):
            dollar.set_rate(Decimal(2))
        undo_event(Event.objects.latest("id"))
        assert base_currency() == "EUR"
        assert current_rates().by_code == {"USD": Decimal("0.8"), "EUR": Decimal(1)}
    with cast.acting(cast.alice), pytest.raises(Forbidden):
        dollar.make_base()
