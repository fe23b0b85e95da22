"""The place of each customer in the portfolio: direct and indirect value, collaboration, and the service that fits."""

import re
from datetime import timedelta
from uuid import UUID, uuid5

import numpy as np
import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import today
from rapport.directory.models import Organisation, Place, ServiceModel
from rapport.identity.models import Scope, VisibilityRule
from rapport.intelligence.models import Estimator, EstimatorState, Expectation
from rapport.intelligence.outlooks.telling import tell
from rapport.intelligence.portfolio.placing import PLACES, placed, ranked, service_of
from rapport.orders.models import Order
from tests.cast import Cast
from tests.csv_answers import rows_of
from tests.intelligence.history import _write
from tests.intelligence.test_outlooks import learned
from tests.rights.rules import hide

_SPACE = UUID(int=11)


def _make_portfolio(cast: Cast, *, each: int = 30, groups: bool = True) -> None:
    """Large and small customers, of both kinds some in groups of three; all order every month or twice a year."""
    names = [f"{size} {tie} {n}" for size in ("Large", "Small") for tie in ("grouped", "alone") for n in range(each)]
    orders = []
    for number, name in enumerate(names):
        every, amount = (30, 9_000) if name.startswith("Large") else (170, 400)
        days = range(3 + number % 20, 1_000, every)
        orders += [(name, today() - timedelta(days=day), amount * (90 + number % 23) / 100) for day in days]
    mine = {"owner_id": cast.alice.pk, "team_id": cast.north.pk}
    with cast.acting(cast.alice):
        parents = {name: uuid5(_SPACE, parent) if groups and (parent := _parent(name)) else None for name in names}
        _write(
            Organisation,
            [{"id": uuid5(_SPACE, name), "name": name, "parent_id": parents[name]} | mine for name in names],
        )
        _write(
            Order,
            [
                {"organisation_id": uuid5(_SPACE, name), "ordered_on": day, "amount": amount, "currency": "EUR"}
                | {"status": "delivered"}
                | mine
                for name, day, amount in orders
            ],
        )


def _parent(name: str) -> str:
    size, tie, number = name.split()
    first = int(number) // 3 * 3
    return f"{size} {tie} {first}" if tie == "grouped" and int(number) != first else ""


@pytest.mark.slow
@pytest.mark.django_db
def test_r4_every_customer_has_a_place_in_the_matrix_and_a_service_that_fits(cast: Cast, alice: Client) -> None:
    _make_portfolio(cast)
    outlook, estimator = learned("portfolio")
    assert estimator.state == EstimatorState.LIVE, estimator.reason
    assert estimator.figures["explained"] > estimator.figures["explained_by_chance"]
    expected = {
        "Large grouped": Place.HIGH_PERFORMING,
        "Large alone": Place.SELLING,
        "Small grouped": Place.NETWORKING,
        "Small alone": Place.LOW_PERFORMING,
    }
    for kind, place in expected.items():
        found = Organisation.objects.filter(name__startswith=kind).values_list("portfolio_place", flat=True)
        assert set(found) == {place}, kind
    assert not Organisation.objects.filter(collaboration=None).exists()
    low = set(Organisation.objects.filter(name__startswith="Small alone").values_list("service_model", flat=True))
    assert low == {ServiceModel.MASS}
    page = alice.get("/insights/portfolio/").content.decode()
    assert "High-performing customers are 25" in page
    assert "A picture of today" not in page
    Estimator._base_manager.filter(pk=estimator.pk).update(figures={"explained": 0.1, "explained_by_chance": 0.1})
    assert (
        "it told no more of the orders that followed than chance" in alice.get("/insights/portfolio/").content.decode()
    )
    Estimator._base_manager.filter(pk=estimator.pk).update(figures={})
    assert "too few were customers a year ago" in alice.get("/insights/portfolio/").content.decode()
    assert page.index("Networking") < page.index("Selling"), "the matrix has the high indirect values above"
    high = [one for one in Expectation.objects.filter(outlook="portfolio") if one.detail["high_value"]]
    assert 0 < len(high) < 60
    assert f"{len(high)} high-value accounts" in page
    assert "Ordered in 12 months" in page
    exported = rows_of(alice.get("/insights/portfolio/export/"))
    assert [int(row["customers"]) for row in exported] == [30] * 4
    one = Organisation.objects.get(name="Large grouped 4")
    panel = alice.get(f"/organisations/{one.pk}/panel/portfolio/").content.decode()
    assert "High-performing" in panel
    assert "Customers in their group or with a person in common: 2" in panel
    listed = alice.get("/organisations/", {"f": "portfolio_place:is:selling"}).content.decode()
    assert "Large alone 1" in listed
    assert "Small" not in listed.split("<tbody", 1)[1].split("</tbody", 1)[0]
    bench = alice.get("/insights/outlooks/portfolio/").content.decode()
    assert "Two halves by revenue" in bench
    assert "Places by stated ranks" in bench
    hide("order.amount")
    assert "hidden from you" in alice.get("/insights/portfolio/").content.decode()
    assert rows_of(alice.get("/insights/portfolio/export/")) == []
    assert "High-performing" not in alice.get(f"/organisations/{one.pk}/panel/portfolio/").content.decode()
    assert outlook.columns.keys() == {"portfolio_place", "collaboration", "service_model"}


@pytest.mark.slow
@pytest.mark.django_db
def test_r4_orders_that_one_may_not_see_are_not_added_up(cast: Cast, alice: Client) -> None:
    _make_portfolio(cast)
    learned("portfolio")
    one = Organisation.objects.get(name="Large grouped 4")
    address = f"/organisations/{one.pk}/panel/portfolio/"
    assert re.search("Ordered in 12 months: €[0-9]", alice.get(address).content.decode())
    with acting_as(SYSTEM):
        VisibilityRule.create(for_type="order", scope=Scope.OWNER)
    charlie = Client()
    charlie.force_login(cast.charlie)
    panel = charlie.get(address).content.decode()
    assert "Ordered in 12 months" in panel
    assert "€" not in panel
    assert "Months of the last 12 with an order:" not in panel
    page = charlie.get("/insights/portfolio/").content.decode().split("high-value accounts", 1)[1]
    assert "Ordered in 12 months" in page
    assert "€" not in page


@pytest.mark.slow
@pytest.mark.django_db
def test_r4_only_customers_that_one_sees_are_counted(cast: Cast) -> None:
    _make_portfolio(cast, each=16)
    learned("portfolio")
    with acting_as(SYSTEM):
        VisibilityRule.create(for_type="organisation", scope=Scope.OWNER)
    charlie = Client()
    charlie.force_login(cast.charlie)
    page = charlie.get("/insights/portfolio/").content.decode()
    assert "None of the customers that you may see has a place." in page
    assert "Large" not in page


@pytest.mark.django_db
def test_r4_few_customers_or_none_that_differ_indirectly_get_no_place(cast: Cast, alice: Client) -> None:
    _make_portfolio(cast, each=10)
    learned("portfolio")
    assert not Organisation.objects.exclude(portfolio_place="").exists()
    assert "60 customers of the last two years" in alice.get("/insights/portfolio/").content.decode()


@pytest.mark.slow
@pytest.mark.django_db
def test_r4_without_anything_indirect_there_is_no_matrix(cast: Cast, alice: Client) -> None:
    _make_portfolio(cast, groups=False)
    outlook, estimator = learned("portfolio")
    assert estimator.state == EstimatorState.WITHDRAWN
    assert "Nothing tells of indirect value" in alice.get("/insights/portfolio/").content.decode()
    one = Organisation.objects.get(name="Large alone 4")
    panel = alice.get(f"/organisations/{one.pk}/panel/portfolio/").content.decode()
    assert "No place is given." in panel
    assert "Nothing tells of indirect value" in panel
    with acting_as(SYSTEM):
        tell(outlook)
    assert not Expectation.objects.filter(outlook="portfolio", withheld="").exists()


def test_ranks_count_equal_ones_half() -> None:
    assert ranked(np.array([3.0, 1.0, 3.0, 7.0])).tolist() == [50.0, 12.5, 50.0, 87.5]


def test_a_place_is_left_only_clearly() -> None:
    values = np.arange(100.0)
    signals = dict.fromkeys(("revenue", "months", "held", "early", "linked", "contacts"), values)
    signals |= dict.fromkeys(("tenure", "families", "people"), values)
    new = placed(signals).places
    assert [new[49], new[50]] == ["low_performing", "high_performing"]
    kept = placed(signals, ["high_performing"] * 100).places
    assert [
        kept.index("high_performing"),
        placed(signals, ["low_performing"] * 100).places.index("high_performing"),
    ] == [45, 55]


def test_each_place_has_a_service_for_close_and_for_loose_relationships() -> None:
    told = {place: (service_of(place, 10), service_of(place, 90)) for place in PLACES.values()}
    assert told == {
        "high_performing": ("direct", "partner"),
        "selling": ("direct", "direct"),
        "networking": ("mass", "direct"),
        "low_performing": ("mass", "mass"),
    }
