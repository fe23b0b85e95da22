"""Outlooks over records: figures with intervals that beat their baseline on the newest cases, or say why they don't."""

import re

import numpy as np
import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.directory.models import Organisation
from rapport.identity.models import ApiToken, Scope, VisibilityRule
from rapport.intelligence.models import Estimator, EstimatorState, Expectation, Withheld
from rapport.intelligence.outlooks import outlooks
from rapport.intelligence.outlooks.learning import is_due, learn, what_was_kept
from rapport.intelligence.outlooks.lifetime_value import worked_out
from rapport.intelligence.outlooks.outlook import Outlook
from rapport.intelligence.outlooks.telling import learn_and_tell, tell
from rapport.orders.models import Order
from rapport.oversight.models import StopSwitch
from rapport.oversight.stopping import INSTANCE
from tests.cast import Cast
from tests.csv_answers import rows_of
from tests.intelligence.customers import make_customers
from tests.rights.rules import hide

pytestmark = pytest.mark.django_db


def learned(name: str) -> tuple[Outlook, Estimator]:
    """One outlook, learned and told."""
    with acting_as(SYSTEM):
        estimator = learn(outlooks()[name])
        tell(outlooks()[name])
    return outlooks()[name], estimator


@pytest.mark.slow
def test_d5_a_customer_has_a_value_with_an_interval_that_is_worked_out_again_from_what_is_stored(
    cast: Cast, alice: Client
) -> None:
    make_customers(cast)
    _outlook, estimator = learned("lifetime_value")
    assert estimator.state == EstimatorState.LIVE, estimator.reason
    told = list(Expectation.objects.filter(outlook="lifetime_value"))
    assert all(one.low <= one.value * 3 and one.low <= one.high for one in told)
    again = worked_out(what_was_kept(estimator.pk), np.array([one.inputs for one in told]))
    assert again.expected.round(2).tolist() == [one.value for one in told]
    assert again.low.round(2).tolist() == [one.low for one in told]
    assert again.high.round(2).tolist() == [one.high for one in told]
    assert again.typical.round(2).tolist() == [one.detail["typical"] for one in told]
    assert all(one.low <= one.detail["typical"] <= one.high for one in told)
    best = Organisation.objects.order_by("-lifetime_value").first()
    assert best is not None
    shown = alice.get(f"/organisations/{best.pk}/panel/lifetime-value/").content.decode()
    assert "expected in the coming 12 months" in shown
    assert "80 of 100 such customers" in shown
    assert "Half of such customers ordered for" in shown
    assert "version 1" in shown
    listed = alice.get(f"/organisations/?cols=lifetime_value&f=lifetime_value:least:{best.lifetime_value}")
    assert listed.content.decode().count("Customer C") >= 1
    with cast.acting(cast.alice):
        key = ApiToken.issue(name="Program", scopes=("*",)).key
    asked = Client(headers={"Authorization": f"Bearer {key}"}).get(f"/api/v1/organisations/{best.pk}/outlooks")
    assert [(one["outlook"], one["value"], one["version"]) for one in asked.json()["items"]] == [
        ("lifetime_value", float(best.lifetime_value), 1)
    ]
    page = alice.get("/insights/outlooks/lifetime_value/").content.decode()
    assert "Has to beat" in page
    for way in ("Pareto/NBD", "Mean of like customers", "Straight line", "Learned trees", "Blend of several"):
        assert way in page
    assert "beyond noise" in page
    assert page.count(">chosen<") == 1
    assert "Expected orders" in alice.get("/insights/outlooks/").content.decode()
    told = {row["figure"]: row["value"] for row in rows_of(alice.get("/insights/outlooks/lifetime_value/export/"))}
    assert 0 < float(told["gini"]) <= 1


def test_too_few_customers_get_no_value_but_what_they_ordered(cast: Cast, alice: Client) -> None:
    make_customers(cast, customers=12)
    _outlook, estimator = learned("lifetime_value")
    assert estimator.state == EstimatorState.WITHDRAWN
    told = Expectation.objects.filter(outlook="lifetime_value")
    assert {one.withheld for one in told} == {Withheld.TOO_FEW}
    one = Organisation.objects.first()
    assert one is not None
    assert one.lifetime_value is None
    shown = alice.get(f"/organisations/{one.pk}/panel/lifetime-value/").content.decode()
    assert "No number is given." in shown
    assert "50 customers" in shown
    assert "Ordered so far" in shown


def test_who_may_not_see_amounts_of_orders_sees_no_value(cast: Cast, alice: Client) -> None:
    make_customers(cast, customers=12)
    learned("lifetime_value")
    one = Organisation.objects.first()
    assert one is not None
    hide("order.amount")
    assert alice.get(f"/organisations/{one.pk}/panel/lifetime-value/").status_code == 404
    assert "Customer value" not in alice.get(f"/organisations/{one.pk}/").content.decode()


def test_orders_that_one_may_not_see_are_not_added_up(cast: Cast, alice: Client) -> None:
    make_customers(cast, customers=12)
    learned("lifetime_value")
    one = Organisation.objects.first()
    assert one is not None
    address = f"/organisations/{one.pk}/panel/lifetime-value/"
    assert "Ordered so far" in alice.get(address).content.decode()
    with acting_as(SYSTEM):
        VisibilityRule.create(for_type="order", scope=Scope.OWNER)
        for order in Order.objects.filter(organisation=one):
            order.change(owner=cast.alice, team=cast.north)
    assert "Ordered so far" in alice.get(address).content.decode()
    charlie = Client()
    charlie.force_login(cast.charlie)
    shown = charlie.get(address)
    assert shown.status_code == 200
    assert "Ordered so far" not in shown.content.decode()


def test_nothing_is_learned_while_machines_are_stopped(cast: Cast) -> None:
    make_customers(cast, customers=12)
    with cast.acting(cast.dora):
        StopSwitch.pull(key=INSTANCE, reason="Look first")
    with acting_as(SYSTEM):
        learn_and_tell()
    assert not Expectation.objects.exists()


@pytest.mark.slow
def test_an_earlier_version_is_brought_back_by_one_click_and_stays(cast: Cast) -> None:
    make_customers(cast)
    _outlook, first = learned("lifetime_value")
    _outlook, second = learned("lifetime_value")
    bob = Client()
    bob.force_login(cast.bob)
    page = bob.get("/insights/outlooks/lifetime_value/").content.decode()
    assert f"/insights/predictions/versions/{first.pk}/promote/" in page
    assert "Inside the interval meant for 80 of 100" in page
    assert re.search(r"\d+% \(\d+% to \d+%\)", page), "how sure the coverage is"
    back = bob.post(f"/insights/predictions/versions/{first.pk}/promote/")
    assert back.headers["Location"] == "/insights/outlooks/lifetime_value/"
    third, fourth = learned("lifetime_value")[1], learned("lifetime_value")[1]
    states = dict(Estimator._base_manager.values_list("version", "state"))
    assert states == {1: "live", 2: "retired", 3: "retired", 4: "shadow"}
    assert {one.estimator_id for one in Expectation.objects.all()} == {first.pk}
    assert not is_due(outlooks()["lifetime_value"])
    bob.post(f"/insights/predictions/versions/{fourth.pk}/promote/")
    assert learned("lifetime_value")[1].state == EstimatorState.LIVE
    assert (second.version, third.version) == (2, 3)


@pytest.mark.slow
def test_a_version_that_somebody_withdrew_is_not_replaced_by_itself(cast: Cast) -> None:
    make_customers(cast)
    outlook, first = learned("lifetime_value")
    bob = Client()
    bob.force_login(cast.bob)
    page = bob.get("/insights/outlooks/lifetime_value/").content.decode()
    assert f"/insights/predictions/versions/{first.pk}/withdraw/" in page
    gone = bob.post(f"/insights/predictions/versions/{first.pk}/withdraw/", {"reason": "It misleads us"})
    assert gone.headers["Location"] == "/insights/outlooks/lifetime_value/"
    assert learned("lifetime_value")[1].state == EstimatorState.SHADOW
    assert not Expectation.objects.exclude(value=None).exists()
    assert not is_due(outlook), "not every night"
    bob.post(f"/insights/predictions/versions/{first.pk}/promote/")
    first.refresh_from_db()
    assert first.state == EstimatorState.LIVE
