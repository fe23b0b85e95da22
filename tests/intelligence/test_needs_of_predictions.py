"""Needs that predictions serve, each from the records to the page somebody works with."""

import random
import re
from datetime import timedelta
from uuid import UUID, uuid5

import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import today
from rapport.core.identifiers import uuid7
from rapport.directory.models import Organisation
from rapport.intelligence.learning.learning import learn
from rapport.intelligence.models import Estimator, EstimatorState
from rapport.intelligence.predictions import predictions
from rapport.intelligence.predictions.prediction import Prediction
from rapport.intelligence.scoring.scoring import score
from rapport.leads.models import Lead
from rapport.orders.models import Contract, Order
from tests.cast import Cast
from tests.intelligence.history import FEW, _write, make_history, open_deal

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

_SPACE = UUID(int=11)


def learned_and_scored(name: str) -> Estimator:
    with acting_as(SYSTEM):
        estimator = learn(predictions()[name], names=FEW)
        score(predictions()[name])
    assert estimator.state == EstimatorState.LIVE, estimator.reason
    return estimator


def text_at(client: Client, address: str) -> str:
    """What a page says, without its markup."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def make_thinning_customers(cast: Cast, *, customers: int = 400) -> None:
    """Half order every month; the others for two years, then ever less often until they stop, some of them lately."""
    dice = random.Random(4)
    names = [f"{kind} {number}" for number in range(customers // 2) for kind in ("Steady", "Thinning")]
    orders = []
    for number, name in enumerate(names):
        is_steady = name.startswith("Steady")
        last = 3 if is_steady else 150 + 1_700 * number / customers
        day, gap = (dice.uniform(500, 2_200), 30.0) if is_steady else (last + 730, 30.0)
        while day > last:
            orders.append((name, today() - timedelta(days=round(day))))
            gap = 30.0 if is_steady or day > last + 250 else min(gap * 1.6, 120)
            day -= gap * dice.uniform(0.8, 1.2)
    mine = {"owner_id": cast.alice.pk, "team_id": cast.north.pk}
    with cast.acting(cast.alice):
        _write(
            Organisation,
            [{"id": uuid5(_SPACE, name), "name": name, "lifecycle": "customer"} | mine for name in names],
        )
        ordered = {"amount": 900, "currency": "EUR", "status": "delivered"} | mine
        _write(
            Order,
            [
                {"id": uuid7(), "organisation_id": uuid5(_SPACE, name), "ordered_on": day} | ordered
                for name, day in orders
            ],
        )


def test_d4_customers_who_thin_out_are_shown_in_time_with_the_reason_and_what_to_do(cast: Cast, alice: Client) -> None:
    make_thinning_customers(cast)
    learned_and_scored("churn")
    risks = {one.name: one.risk_of_leaving for one in Organisation.objects.exclude(risk_of_leaving=None)}
    steady = [risk for name, risk in risks.items() if name.startswith("Steady")]
    thinning = {name: risk for name, risk in risks.items() if name.startswith("Thinning")}
    assert sum(steady) / len(steady) < 20
    worst = max(thinning, key=lambda name: thinning[name])
    assert thinning[worst] > 60
    listed = text_at(alice, "/organisations/?cols=risk_of_leaving&sort=-risk_of_leaving&f=risk_of_leaving:least:60")
    assert listed.count("Thinning") > 5 * listed.count("Steady")
    customer = Organisation.objects.get(name=worst)
    panel = text_at(alice, f"/organisations/{customer.pk}/panel/chance/")
    assert "Risk of leaving" in panel
    assert re.search(r"order", panel, re.IGNORECASE)
    assert "Similar past cases" in panel
    assert f"Visit {worst} before it is too late" in text_at(alice, f"/organisations/{customer.pk}/panel/next/")


def test_s1_leads_that_convert_come_first(cast: Cast, alice: Client) -> None:
    dice = random.Random(5)
    rows = []
    for number in range(360):
        source = ("Referral", "Website", "Trade fair")[number % 3]
        received = today() - timedelta(days=900 - 2 * number)
        is_won = dice.random() < (0.75 if source == "Referral" else 0.15)
        rows.append(
            {"last_name": f"Lead {number}", "source": source, "received_on": received}
            | ({"status": "converted", "converted_on": received + timedelta(days=40)} if is_won else {})
            | ({} if is_won else {"status": "discarded"})
        )
    with cast.acting(cast.alice):
        _write(Lead, rows)
        good, bad = (
            Lead.create(last_name=f"By {source}", source=source, owner=cast.alice) for source in ("Referral", "Website")
        )
    learned_and_scored("lead_conversion")
    good.refresh_from_db()
    bad.refresh_from_db()
    assert good.chance_to_convert > bad.chance_to_convert + 20
    listed = text_at(alice, "/leads/?view=all&cols=chance_to_convert&sort=-chance_to_convert")
    assert listed.index("By Referral") < listed.index("By Website")
    assert "Source: Referral" in text_at(alice, f"/leads/{good.pk}/panel/chance/")
    first = text_at(alice, "/next/")
    assert first.index("By Referral") < (first.index("By Website") if "By Website" in first else len(first))


def test_s6_a_contract_that_ends_and_a_customer_that_may_leave_are_followed_up(cast: Cast, alice: Client) -> None:
    make_thinning_customers(cast)
    learned_and_scored("churn")
    customer = Organisation.objects.order_by("-risk_of_leaving", "name").exclude(risk_of_leaving=None).first()
    assert customer is not None
    with cast.acting(cast.alice):
        Contract.create(
            organisation=customer,
            owner=cast.alice,
            starts_on=today() - timedelta(days=335),
            ends_on=today() + timedelta(days=30),
            amount=12_000,
            status="active",
        )
    told = text_at(alice, "/next/?lines=75")
    assert "Offer to go on with" in told
    assert "(30 days left)" in told
    assert f"Visit {customer.name} before it is too late" in told


def test_g2_a_number_says_why_from_which_records_by_which_version_and_how_sure(
    cast: Cast, alice: Client, learned: Estimator, winning: Prediction
) -> None:
    deal = open_deal(cast, source="Referral")
    score(winning)
    panel = text_at(alice, f"/opportunities/{deal.pk}/panel/chance/")
    assert "Source: Referral" in panel
    assert f"Chance to win, version {learned.version} · just now · A number, never a decision." in panel
    similar = re.findall(
        r'href="/opportunities/([0-9a-f-]{36})/', alice.get(f"/opportunities/{deal.pk}/panel/chance/").content.decode()
    )
    assert [key for key in similar if key != str(deal.pk)]
    card = text_at(alice, "/insights/predictions/win_probability/card/")
    assert all(told in card for told in (str(winning.question), str(winning.misuse), str(winning.baseline)))


def test_g7_and_g9_algorithms_and_groups_are_compared_on_one_page(
    cast: Cast, alice: Client, winning: Prediction
) -> None:
    make_history(cast)
    with acting_as(SYSTEM):
        estimator = learn(winning, names=("logistic_regression", "lightgbm_regularised"))
    assert estimator.state == EstimatorState.LIVE, estimator.reason
    assert all(one["size"] > 0 for one in estimator.compared)
    page = text_at(alice, "/insights/predictions/win_probability/")
    assert {"logistic_regression", "lightgbm_regularised"} <= {one["name"] for one in estimator.compared}
    for told in (
        "Has to beat",
        "Takes at least",
        "Logistic regression",
        "Best way of learning: ",
        "Every group got what it was promised, chance apart",
        "Has the world moved since?",
        "Came less promised",
        "What helps:",
    ):
        assert told in page, told
    assert estimator.figures["shuffled_roc_auc"] == pytest.approx(0.5, abs=0.1)
    estimator.figures["members_then"], chosen = ["lightgbm"], estimator.figures["members"]
    Estimator._base_manager.filter(pk=estimator.pk).update(figures=estimator.figures)
    page = text_at(alice, "/insights/predictions/win_probability/")
    assert chosen != ["lightgbm"]
    assert "Tried was what the older cases had chosen: LightGBM. With the newest known it is:" in page
