"""Prospecting: those that never bought are ranked by how like they are to buyers; no end of contract is missed."""

import random
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5

import pytest
from django.test import Client

from rapport.activities.models import Note
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import today
from rapport.core.identifiers import uuid7
from rapport.directory.models import Organisation
from rapport.intelligence.features.prospects import KIN
from rapport.intelligence.learning.learning import learn
from rapport.intelligence.models import EstimatorState
from rapport.intelligence.predictions import predictions
from rapport.intelligence.scoring.scoring import score
from rapport.orders.models import Order
from tests.cast import Cast
from tests.intelligence.history import FEW, _write
from tests.intelligence.test_needs_of_predictions import text_at

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FIRST_ORDER = predictions()["first_order"]
_SPACE = UUID(int=12)


def make_prospects(cast: Cast, *, cases: int = 320) -> None:
    """So many heard of in three years; of those in energy most order within three months, of the others few."""
    dice = random.Random(6)
    organisations, orders, heard = [], [], []
    for number in range(cases):
        name, begun = f"Firm {number}", today() - timedelta(days=1_100 - 3 * number)
        industry = ("Energy", "Media", "Retail")[number % 3]
        buys = dice.random() < (0.75 if industry == "Energy" else 0.1)
        key = uuid5(_SPACE, name)
        lifecycle = "customer" if buys else "prospect"
        organisations.append({"id": key, "name": name, "industry": industry, "lifecycle": lifecycle})
        heard.append((key, begun))
        if buys:
            day = begun + timedelta(days=dice.randint(40, 80))
            orders.append({"id": uuid7(), "organisation_id": key, "ordered_on": day, "status": "delivered"})
    with cast.acting(cast.alice):
        mine = {"owner_id": cast.alice.pk, "team_id": cast.north.pk}
        _write(Organisation, [one | mine for one in organisations])
        found = Organisation.objects.in_bulk()
        _write(
            Note,
            [
                {"at": datetime.combine(day, time(9), UTC), "text": "Met at a fair", "about": [found[key]]}
                for key, day in heard
            ],
        )
        _write(Order, [{"amount": 900, "currency": "EUR"} | one | mine for one in orders])


def _learned(cast: Cast) -> None:
    make_prospects(cast)
    with acting_as(SYSTEM):
        estimator = learn(FIRST_ORDER, names=FEW)
        score(FIRST_ORDER)
    assert estimator.state == EstimatorState.LIVE, estimator.reason


def test_s1_prospects_like_those_who_bought_come_first(cast: Cast, alice: Client) -> None:
    with cast.acting(cast.alice):
        energy, media, rival = (
            Organisation.create(name=f"New in {industry}", industry=industry, lifecycle=lifecycle, owner=cast.alice)
            for industry, lifecycle in (("Energy", "prospect"), ("Media", "prospect"), ("Energy ", "competitor"))
        )
    _learned(cast)
    for one in (energy, media, rival):
        one.refresh_from_db()
    assert energy.chance_to_become_customer > media.chance_to_become_customer + 20
    assert rival.chance_to_become_customer is None
    listed = text_at(alice, "/organisations/?view=prospects")
    assert listed.index("New in Energy") < listed.index("New in Media")
    panel = text_at(alice, f"/organisations/{energy.pk}/panel/chance/")
    assert "Chance to become a customer" in panel
    assert "Industry: Energy" in panel
    assert "Similar past cases" in panel
    told = text_at(alice, "/next/?lines=75")
    assert "Approach New in Energy" in told
    assert "Approach New in Media" not in told


def test_s1_a_parent_filled_in_later_says_nothing_of_the_days_before(cast: Cast) -> None:
    with cast.acting(cast.alice):
        group, later = (Organisation.create(name=name, owner=cast.alice) for name in ("Group", "Later"))
        linked = Organisation.create(name="Linked", parent=group, owner=cast.alice)
        Order.create(organisation=group, status="delivered", ordered_on=today() - timedelta(days=300), amount=500)
        later.change(parent=group)
    since = dict(KIN.pull([str(linked.pk), str(later.pk)]).select(["key", "at"]).to_pandas().to_numpy().tolist())
    now = (today() - date(1970, 1, 1)).days
    assert since[str(linked.pk)] == pytest.approx(now - 300, abs=1)
    assert since[str(later.pk)] == pytest.approx(now, abs=2)


def test_s1_who_ordered_is_no_prospect_any_more(cast: Cast, alice: Client) -> None:
    with cast.acting(cast.alice):
        energy = Organisation.create(name="New in Energy", industry="Energy", lifecycle="prospect", owner=cast.alice)
    _learned(cast)
    with cast.acting(cast.alice):
        Order.create(organisation=energy, status="delivered", ordered_on=today(), amount=500, owner=cast.alice)
    with acting_as(SYSTEM):
        score(FIRST_ORDER, ids=[str(energy.pk)])
    energy.refresh_from_db()
    assert energy.chance_to_become_customer is None
    assert "Approach New in Energy" not in text_at(alice, "/next/?lines=75")


def test_s1_a_contract_with_another_supplier_is_told_before_it_ends(cast: Cast, alice: Client) -> None:
    with cast.acting(cast.alice):
        for name, days in (("Soon", 60), ("Late", 300), ("Gone", -5)):
            until = today() + timedelta(days=days)
            Organisation.create(
                name=name, owner=cast.alice, lifecycle="prospect", supplied_by="Vibrotek", supplied_until=until
            )
    told = text_at(alice, "/next/?lines=75")
    assert "Make Soon an offer before it goes on with another" in told
    assert "Its contract with Vibrotek runs until" in told
    assert "(60 days left)" in told
    assert "Make Late" not in told
    assert "Make Gone" not in told
