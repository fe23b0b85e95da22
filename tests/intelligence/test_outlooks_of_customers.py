"""What is expected of customers: what to offer them, whom they are like, and whether they are discontented."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import today
from rapport.directory.models import Organisation
from rapport.identity.models import Scope, VisibilityRule
from rapport.intelligence.abstaining import NO_BETTER
from rapport.intelligence.learning.learning import learn
from rapport.intelligence.models import Estimator, EstimatorState, Expectation
from rapport.intelligence.outlooks import outlooks
from rapport.intelligence.outlooks.learning import learn as learn_outlook
from rapport.intelligence.predictions import predictions
from rapport.intelligence.scoring.scoring import score
from rapport.orders.models import Contract
from tests.cast import Cast
from tests.csv_answers import rows_of
from tests.intelligence.customers import make_buyers_with_tastes, make_customers, make_kinds_of_customers, make_tickets
from tests.intelligence.history import FEW
from tests.intelligence.test_outlooks import learned
from tests.rights.rules import hide

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_d6_a_customer_is_offered_what_others_who_bought_the_same_bought(cast: Cast, alice: Client) -> None:
    make_buyers_with_tastes(cast)
    _outlook, estimator = learned("next_offer")
    assert estimator.state == EstimatorState.LIVE, estimator.reason
    assert estimator.figures["hit_rate"] > estimator.figures["hit_rate_of_baseline"]
    told = {one.record_id: one.detail["offers"] for one in Expectation.objects.filter(outlook="next_offer")}
    kinds = []
    for customer in Organisation.objects.exclude(next_offer=""):
        kind = str(int(customer.name[1:]) % 4)
        kinds.append(customer.next_offer.startswith(f"Thing {kind}/"))
    assert sum(kinds) > 0.9 * len(kinds) > 50
    one = next(customer for customer in Organisation.objects.all() if any(o["of"] for o in told[customer.pk]))
    shown = alice.get(f"/organisations/{one.pk}/panel/next-offer/").content.decode()
    assert "customers who bought Thing" in shown
    assert "They ordered that here:" in shown
    assert 'href="/orders/' in shown
    with acting_as(SYSTEM):
        VisibilityRule.create(for_type="order", scope=Scope.OWNER)
    charlie = Client()
    charlie.force_login(cast.charlie)
    unseen = charlie.get(f"/organisations/{one.pk}/panel/next-offer/").content.decode()
    assert "Customers like them bought it." in unseen
    assert "customers who bought" not in unseen


def test_d6_contracts_that_end_are_told_where_there_is_too_little_to_learn_from(cast: Cast, alice: Client) -> None:
    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme", owner=cast.alice)
        Contract.create(organisation=acme, subject="Care", starts_on=today(), ends_on=today() + timedelta(days=30))
    _outlook, estimator = learned("next_offer")
    assert estimator.state == EstimatorState.WITHDRAWN
    shown = alice.get(f"/organisations/{acme.pk}/panel/next-offer/").content.decode()
    assert "Not ranked." in shown
    assert "50 orders of three products" in shown
    assert "Care" in shown
    acme.refresh_from_db()
    assert acme.next_offer == ""


@pytest.mark.slow
def test_r4_d14_customers_fall_into_segments_named_in_words_that_stay(cast: Cast, alice: Client) -> None:
    make_kinds_of_customers(cast)
    outlook, estimator = learned("segments")
    assert estimator.state == EstimatorState.LIVE, estimator.reason
    by_kind = {
        kind: set(Organisation.objects.filter(name__startswith=kind).values_list("segment", flat=True))
        for kind in ("Large", "Small", "Gone")
    }
    assert all(len(names) == 1 for names in by_kind.values()), by_kind
    large, small, gone = (names.pop() for names in by_kind.values())
    assert len({large, small, gone}) == 3
    assert "large" in large or "frequent" in large
    assert "asleep" in gone
    bench = alice.get("/insights/outlooks/segments/").content.decode()
    for way in ("k-means with 2 clusters", "k-means with 6 clusters", "Ward’s merging", "Normal mixture"):
        assert way in bench
    assert "Smallest segment" in bench
    assert bench.count(">chosen<") == 1
    assert "unless another way is more stable beyond noise" in bench
    page = alice.get("/insights/segments/").content.decode()
    assert re.search("“.+” order most: [0-9]+% of all", page)
    assert page.index(large.split(" · ")[0]) < page.index(gone)
    exported = rows_of(alice.get("/insights/segments/export/"))
    assert {row["segment"] for row in exported} == {large, small, gone}
    assert sum(int(row["customers"]) for row in exported) == Organisation.objects.exclude(segment="").count()
    assert large in alice.get(f"/organisations/{Organisation.objects.get(name='Large 1').pk}/").content.decode()
    listed = alice.get("/organisations/", {"f": f"segment:is:{large}"}).content.decode()
    assert "Large 1" in listed
    assert "Small 1" not in listed
    with acting_as(SYSTEM):
        again = learn_outlook(outlooks()["segments"])
    assert again.version == estimator.version + 1
    learned_names = set(Organisation.objects.values_list("segment", flat=True))
    assert learned_names == {large, small, gone}
    hide("order.amount")
    assert "hidden from you" in alice.get("/insights/segments/").content.decode()
    assert rows_of(alice.get("/insights/segments/export/")) == []
    assert outlook.fields == {"organisation.segment"}


def test_d14_few_customers_are_not_put_into_segments(cast: Cast, alice: Client) -> None:
    make_customers(cast, customers=12)
    learned("segments")
    assert not Organisation.objects.exclude(segment="").exists()
    assert "60 customers who had ordered a year ago" in alice.get("/insights/segments/").content.decode()
    Estimator._base_manager.filter(prediction="segments").update(reason=NO_BETTER)
    assert "it is no better than its baseline" in alice.get("/insights/segments/").content.decode()


@pytest.mark.slow
def test_d11_discontent_is_raised_before_the_customer_does(cast: Cast, alice: Client) -> None:
    make_tickets(cast)
    discontent = predictions()["discontent"]
    with acting_as(SYSTEM):
        estimator = learn(discontent, names=FEW)
        score(discontent)
    assert estimator.state == EstimatorState.LIVE, estimator.reason
    cross, calm = (Organisation.objects.filter(name__startswith=name).first() for name in ("Cross", "Calm"))
    assert cross is not None
    assert calm is not None
    assert cross.risk_of_discontent > calm.risk_of_discontent + 30
    shown = alice.get(f"/organisations/{cross.pk}/panel/chance/").content.decode()
    assert "Risk of discontent" in shown
    assert "Hours to the first answer" in shown or "Marks of 1 or 2" in shown
    told = re.findall(r"speaks [^<]* (for|against) it</span>.*?(?:badge-(good|warning))..([+−])", shown, re.DOTALL)
    assert told
    assert set(told) <= {("for", "warning", "+"), ("against", "good", "−")}


def test_d11_rules_are_shown_as_rules_where_nothing_can_be_learned(cast: Cast, alice: Client) -> None:
    make_tickets(cast, customers=6)
    discontent = predictions()["discontent"]
    with acting_as(SYSTEM):
        learn(discontent)
        score(discontent)
    cross = Organisation.objects.get(name="Cross 3")
    assert cross.risk_of_discontent is None
    shown = alice.get(f"/organisations/{cross.pk}/panel/chance/").content.decode()
    assert "A ticket without an answer for three days" in shown
    assert "Stated by people, not learned." in shown
    assert "speaks for it" in shown
    assert "speaks against it" not in shown, "what speaks for the risk speaks for what is asked"
