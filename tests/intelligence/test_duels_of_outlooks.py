"""A new version of an outlook runs in the shadow: both foretell the same records, and what comes decides."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import now, today
from rapport.directory.models import Organisation
from rapport.intelligence.models import DuelCase, Estimator, EstimatorState, Expectation
from rapport.intelligence.outlooks import outlooks
from rapport.intelligence.outlooks.duels import NOT_BETTER, NOT_WORSE, TOO_FEW_CAME, decide, duel_of, foretell
from rapport.intelligence.outlooks.learning import WORSE, is_due, is_due_for_a_check, learn
from rapport.intelligence.outlooks.outcomes import BUSINESS, DAYS, interval_loss, kind_loss
from rapport.intelligence.outlooks.telling import learn_and_tell, tell
from rapport.leads.models import Lead, LeadStatus
from rapport.pipeline.models import Opportunity, Stage
from tests.cast import Cast
from tests.intelligence.deals import make_deals, make_leads
from tests.intelligence.history import _write

pytestmark = pytest.mark.django_db
CLOSING = outlooks()["closing"]


def _version(number: int, state: EstimatorState) -> Estimator:
    return Estimator.create(
        prediction="closing",
        version=number,
        algorithm="trees",
        as_of=now(),
        cases=200,
        positives=0,
        artefact="{}",
        state=state,
    )


def _duel(cases: int, *, live: float, shadow: float, known: bool = True) -> tuple[Estimator, Estimator]:
    """Two versions, and what both lost of so many records; every third is further off for both."""
    with acting_as(SYSTEM):
        one, two = _version(1, EstimatorState.LIVE), _version(2, EstimatorState.SHADOW)
    DuelCase.objects.bulk_create(
        DuelCase(
            outlook="closing",
            part="day",
            record_id=uuid4(),
            live=one,
            shadow=two,
            foretold_on=today() - timedelta(days=40),
            by_live=[1, 2, 3],
            by_shadow=[1, 2, 3],
            live_loss=live * (1 + number % 3) if known else None,
            shadow_loss=shadow * (1 + number % 3) if known else None,
        )
        for number in range(cases)
    )
    return one, two


def _decided(one: Estimator, two: Estimator) -> tuple[str, str, str]:
    with acting_as(SYSTEM):
        decide(CLOSING)
    one.refresh_from_db()
    two.refresh_from_db()
    return one.state, two.state, two.reason


def test_a_version_that_is_no_worse_takes_over_when_enough_is_known(db: None) -> None:
    assert _decided(*_duel(30, live=1.0, shadow=1.0)) == ("retired", "live", NOT_WORSE)


def test_a_version_that_is_worse_gives_way(db: None) -> None:
    assert _decided(*_duel(30, live=1.0, shadow=1.3)) == ("live", "retired", WORSE)


def test_below_thirty_outcomes_nothing_is_decided(db: None) -> None:
    assert _decided(*_duel(29, live=1.0, shadow=0.5)) == ("live", "shadow", "")


@pytest.mark.parametrize(
    ("known", "shadow", "reason"), [(False, 1.0, TOO_FEW_CAME), (True, 1.0, NOT_WORSE), (True, 1.3, NOT_BETTER)]
)
def test_after_sixty_days_what_is_known_decides(*, known: bool, shadow: float, reason: str) -> None:
    one, two = _duel(29 if known else 40, live=1.0, shadow=shadow, known=known)
    if known:
        _widely_apart(one, two)
    Estimator._base_manager.filter(pk=two.pk).update(trained_at=now() - timedelta(days=61))
    assert _decided(one, two)[2] == reason


def test_where_there_was_nothing_to_foretell_the_trial_on_past_dates_decides_after_sixty_days(db: None) -> None:
    one, two = _duel(0, live=1.0, shadow=1.0)
    Estimator._base_manager.filter(pk=two.pk).update(trained_at=now() - timedelta(days=61))
    assert _decided(one, two) == ("retired", "live", TOO_FEW_CAME)


def _widely_apart(one: Estimator, two: Estimator) -> None:
    """Two more cases that lie so far apart that nothing is beyond chance."""
    for by_live, by_shadow in ((30.0, 0.0), (0.0, 30.0)):
        DuelCase.objects.create(
            outlook="closing",
            part="day",
            record_id=uuid4(),
            live=one,
            shadow=two,
            foretold_on=today(),
            by_live=[],
            by_shadow=[],
            live_loss=by_live,
            shadow_loss=by_shadow,
        )


def test_a_version_in_a_duel_is_not_overtaken_every_week_but_the_live_one_is_looked_at(db: None) -> None:
    _one, two = _duel(10, live=1.0, shadow=1.0)
    for days, due, check in ((6, False, False), (7, False, True), (10, False, False), (14, False, True)):
        Estimator._base_manager.filter(pk=two.pk).update(trained_at=now() - timedelta(days=days, minutes=5))
        assert (is_due(CLOSING), is_due_for_a_check(CLOSING)) == (due, check), days


def test_a_version_that_lost_its_duel_keeps_no_later_one_from_taking_over(db: None) -> None:
    one, two = _duel(30, live=1.0, shadow=1.3)
    _decided(one, two)
    with acting_as(SYSTEM):
        _version(3, EstimatorState.SHADOW)
    duel = duel_of("closing")
    assert duel is not None
    assert (duel.live.version, duel.shadow.version) == (1, 3)


def test_losses_are_small_where_what_came_lies_in_the_middle_and_later_than_four_weeks_counts_alike() -> None:
    assert interval_loss([5, 10, 20], 10) < interval_loss([5, 10, 20], 25) < interval_loss([5, 10, 20], 60)
    assert interval_loss([30, 60, 90], DAYS, most=DAYS) == interval_loss([28, 28, 28], DAYS, most=DAYS) == 0
    assert interval_loss([3, 10, 20], DAYS, most=DAYS) > 0.1
    assert kind_loss([["Software", 0.8], ["", 0.2]], "Software") < kind_loss([["Software", 0.8], ["", 0.2]], "Pumps")


def _open_deals(cast: Cast, number: int) -> list[Opportunity]:
    acme, stage = Organisation.objects.get(name="Acme"), Stage.objects.order_by("position").first()
    with cast.acting(cast.alice):
        rows = [
            {
                "name": f"Open {place}",
                "organisation_id": acme.pk,
                "stage_id": stage.pk,
                "status": "open",
                "opened_on": today() - timedelta(days=10),
                "expected_close": today() + timedelta(days=30),
                "source": "Tender" if place % 2 else "Referral",
                "amount": 50_000,
                "currency": "EUR",
                "owner_id": cast.alice.pk,
                "team_id": cast.north.pk,
            }
            for place in range(number)
        ]
        _write(Opportunity, rows)
    return list(Opportunity.objects.filter(status="open").order_by("name"))


@pytest.mark.slow
def test_d5_a_new_version_foretells_beside_the_live_one_and_takes_over_by_what_came(cast: Cast) -> None:
    make_deals(cast)
    deals = _open_deals(cast, 40)
    with acting_as(SYSTEM):
        first = learn(CLOSING)
        tell(CLOSING)
        second = learn(CLOSING)
        foretell(CLOSING)
        foretell(CLOSING)
    assert (first.state, second.state) == (EstimatorState.LIVE, EstimatorState.SHADOW)
    assert {one.estimator_id for one in Expectation.objects.filter(outlook="closing")} == {first.pk}
    cases = DuelCase.objects.filter(live=first, shadow=second)
    assert cases.count() == len(deals)
    assert all(one.by_live == one.by_shadow and len(one.by_live) == 3 for one in cases), "learned from the same"
    bob = Client()
    bob.force_login(cast.bob)
    page = bob.get("/insights/outlooks/closing/").content.decode()
    assert "Version 2 has run in the shadow since" in page
    assert "0 of 40 outcomes known" in page
    cases.update(foretold_on=today() - timedelta(days=DAYS))
    Opportunity._base_manager.filter(pk__in=[one.pk for one in deals[:20]]).update(
        status="won", closed_on=today() - timedelta(days=5)
    )
    with acting_as(SYSTEM):
        decide(CLOSING)
    assert set(Estimator._base_manager.values_list("version", "state", "reason")) == {
        (1, "retired", ""),
        (2, "live", NOT_WORSE),
    }
    assert cases.filter(live_loss=None).count() == 0
    assert "in the shadow since" not in bob.get("/insights/outlooks/closing/").content.decode()
    back = bob.post(f"/insights/predictions/versions/{first.pk}/promote/")
    assert back.status_code == 302
    with acting_as(SYSTEM):
        third = learn(CLOSING)
    assert third.state == EstimatorState.SHADOW
    assert duel_of("closing") is None, "who brought one back isn't overruled by a duel"


@pytest.mark.slow
def test_d1_kind_and_size_are_held_to_what_the_lead_became(cast: Cast) -> None:
    make_leads(cast)
    business = outlooks()["lead_business"]
    with cast.acting(cast.alice):
        leads = [
            Lead.create(last_name=f"New {place}", industry="Health care", employees=400, source="Website")
            for place in range(3)
        ]
    with acting_as(SYSTEM):
        learn_and_tell()
        learn(business)
        foretell(business)
    assert DuelCase.objects.filter(outlook="lead_business").count() == 6
    became = Opportunity.objects.filter(name__startswith="From lead").first()
    Lead._base_manager.filter(pk=leads[0].pk).update(
        status=LeadStatus.CONVERTED, converted_on=today(), opportunity=became
    )
    foretold = {str(one.pk): today() for one in leads}
    assert BUSINESS.came(foretold) == {str(leads[0].pk): {"size": float(became.amount), "kind": became.product.family}}
    with acting_as(SYSTEM):
        decide(business)
    heard = DuelCase.objects.filter(record_id=leads[0].pk).exclude(live_loss=None)
    assert sorted(heard.values_list("part", flat=True)) == ["kind", "size"]
    assert [one.known for one in duel_of("lead_business").standings] == [1, 1]
