"""What is expected of an open opportunity: when it is decided, and what went wrong in similar ones."""

import re
from datetime import timedelta

import numpy as np
import pytest
from django.test import Client

from rapport.core.clock import today
from rapport.directory.models import Organisation
from rapport.intelligence.learning.tables import columns_of_rows
from rapport.intelligence.models import EstimatorState, Expectation, Withheld
from rapport.intelligence.outlooks import closing, risk_trials
from rapport.intelligence.outlooks.kinds import learn_kinds, shares
from rapport.intelligence.outlooks.learning import what_was_kept
from rapport.intelligence.outlooks.quantities import amount_at
from rapport.intelligence.outlooks.telling import tell_after_changes
from rapport.intelligence.outlooks.ways import Chosen
from rapport.intelligence.tabular import Column, ColumnKind
from rapport.leads.models import Lead
from rapport.pipeline.models import Opportunity
from tests.cast import Cast
from tests.intelligence.deals import make_deals, make_leads
from tests.intelligence.test_outlooks import learned
from tests.rights.rules import hide

pytestmark = pytest.mark.django_db


def _open(cast: Cast, source: str) -> Opportunity:
    with cast.acting(cast.alice):
        acme = Opportunity.objects.first().organisation
        return Opportunity.create(
            name=f"New by {source}",
            organisation=acme,
            source=source,
            amount=50_000,
            owner=cast.alice,
            expected_close=today() + timedelta(days=60),
        )


@pytest.mark.slow
def test_the_day_of_decision_has_an_interval_and_a_chance_to_slip(cast: Cast, alice: Client) -> None:
    make_deals(cast)
    slow, quick = _open(cast, "Tender"), _open(cast, "Referral")
    _outlook, estimator = learned("closing")
    assert estimator.state == EstimatorState.LIVE, estimator.reason
    assert estimator.figures["pinball"] < 0.8 * estimator.figures["pinball_of_baseline"]
    slow.refresh_from_db()
    quick.refresh_from_db()
    assert slow.foreseen_close > quick.foreseen_close + timedelta(days=40)
    assert slow.chance_to_slip > 60 > 40 > quick.chance_to_slip
    told = Expectation.objects.get(record_id=slow.pk, outlook="closing")
    kept = what_was_kept(estimator.pk)
    columns = columns_of_rows([told.inputs[:-1]], list(closing.FEATURES.values()))
    again = closing.worked_out(kept, columns)[0]
    assert [round(amount_at(kept, again, share), 1) for share in (0.1, 0.5, 0.9)] == [told.low, told.value, told.high]
    shown = alice.get(f"/opportunities/{slow.pk}/panel/closing/").content.decode()
    assert "80 of 100 between" in shown
    assert "chance to slip" in shown
    assert "Source: Tender" in shown
    listed = alice.get("/opportunities/?cols=foreseen_close&f=chance_to_slip:least:60")
    assert "New by Tender" in listed.content.decode()
    hide("opportunity.source")
    assert alice.get(f"/opportunities/{slow.pk}/panel/closing/").status_code == 404


def test_d3_risks_of_similar_opportunities_are_told_with_how_often_they_occurred(cast: Cast, alice: Client) -> None:
    make_deals(cast)
    tender, referral = _open(cast, "Tender"), _open(cast, "Referral")
    _outlook, estimator = learned("deal_risks")
    assert estimator.state == EstimatorState.LIVE, estimator.reason
    shown = alice.get(f"/opportunities/{tender.pk}/panel/deal-risks/").content.decode()
    assert "Lost: Price" in shown
    assert "Decided two weeks late or more" in shown
    assert "30 of 30" in shown
    assert 'href="/opportunities/' in shown
    bench = alice.get("/insights/outlooks/deal_risks/").content.decode()
    for way in ("Usual shares", "The 15 most similar cases", "Shares by family and industry", "Logistic regression"):
        assert way in bench
    assert bench.count(">chosen<") == 1
    told = Expectation.objects.get(record_id=referral.pk, outlook="deal_risks").detail
    assert not [one for one in told["risks"] if one["risk"] in {"lost: Price", "slipped"}]
    with cast.acting(cast.alice):
        referral.change(source="Tender")  # while it is filled in
    tell_after_changes([str(referral.pk)])
    told = Expectation.objects.get(record_id=referral.pk, outlook="deal_risks").detail
    assert [one["n"] for one in told["risks"] if one["risk"] == "slipped"] == [30]


def test_d3_while_an_opportunity_is_entered_the_risks_of_similar_ones_are_told(cast: Cast, alice: Client) -> None:
    make_deals(cast)
    acme = Organisation.objects.get(name="Acme")
    address = f"/insights/risks-ahead/?organisation={acme.pk}&amount=50000&currency=EUR&source="
    assert "Risks: past opportunities are no guide yet" in alice.get(f"{address}Tender").content.decode()
    learned("deal_risks")
    assert "/insights/risks-ahead/" in alice.get("/opportunities/new/").content.decode()
    shown = alice.get(f"{address}Tender").content.decode()
    assert "Decided two weeks late or more" in shown
    assert "30 of 30" in shown
    assert "Decided two weeks late or more" not in alice.get(f"{address}Referral").content.decode()
    assert not alice.get("/insights/risks-ahead/?organisation=x&product=&amount=many").content
    hide("opportunity.loss_reason")
    assert not alice.get(f"{address}Tender").content


def test_d3_where_another_way_is_taken_its_chance_stands_beside_the_similar_ones(
    cast: Cast, alice: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_deals(cast)
    tender = _open(cast, "Tender")
    way = "logistic_regression"
    monkeypatch.setattr(risk_trials, "choose", lambda *_given, **_more: Chosen(way, (way,)))
    assert learned("deal_risks")[1].algorithm == way
    acme = Organisation.objects.get(name="Acme")
    panel = f"/opportunities/{tender.pk}/panel/deal-risks/"
    for page in (panel, f"/insights/risks-ahead/?organisation={acme.pk}&amount=50000&currency=EUR&source=Tender"):
        shown = alice.get(page).content.decode()
        assert "30 of 30" in shown
        assert re.search(r"learned chance (9\d|100)%", shown)
    told = Expectation.objects.get(record_id=tender.pk, outlook="deal_risks").detail
    chances = [one["chance"] for one in told["risks"]]
    assert chances == sorted(chances, reverse=True)


def test_past_opportunities_that_one_may_not_see_are_counted_but_not_named(cast: Cast) -> None:
    make_deals(cast)
    with cast.acting(cast.charlie):
        own = Opportunity.create(name="South", source="Tender", amount=50_000, owner=cast.charlie)
    learned("deal_risks")
    stranger = Client()
    stranger.force_login(cast.charlie)
    shown = stranger.get(f"/opportunities/{own.pk}/panel/deal-risks/").content.decode()
    assert "Lost: Price" in shown
    assert "Deal " not in shown
    assert "None that you may see." in shown


def test_too_few_past_opportunities_tell_of_no_risks(cast: Cast, alice: Client) -> None:
    make_deals(cast, cases=20)
    one = _open(cast, "Tender")
    learned("deal_risks")
    assert Expectation.objects.get(record_id=one.pk).withheld == Withheld.TOO_FEW
    shown = alice.get(f"/opportunities/{one.pk}/panel/deal-risks/").content.decode()
    assert "60 opportunities that were won or lost" in shown


@pytest.mark.slow
def test_d1_a_lead_shows_its_expected_kind_and_size(cast: Cast, alice: Client) -> None:
    make_leads(cast)
    with cast.acting(cast.alice):
        large = Lead.create(last_name="Large", industry="Health care", employees=600, source="Website")
        small = Lead.create(last_name="Small", industry="Agriculture", employees=12, source="Website")
    _outlook, estimator = learned("lead_business")
    assert estimator.state == EstimatorState.LIVE, estimator.reason
    large.refresh_from_db()
    small.refresh_from_db()
    assert (large.expected_kind, small.expected_kind) == ("Software", "Sensors")
    assert 40_000 < large.expected_size < 150_000
    assert 4_000 < small.expected_size < 15_000
    told = Expectation.objects.get(record_id=large.pk, outlook="lead_business")
    assert told.low < told.value < told.high
    shown = alice.get(f"/leads/{large.pk}/panel/lead-business/").content.decode()
    assert "Software" in shown
    assert "80 of 100 lay between" in shown
    assert "Industry: Health care" in shown
    assert "Large" in alice.get("/leads/?cols=expected_size&f=expected_size:least:40000").content.decode()
    hide("lead.industry")
    assert alice.get(f"/leads/{large.pk}/panel/lead-business/").status_code == 404
    assert "Expected size" not in alice.get("/leads/?cols=expected_size").content.decode()


@pytest.mark.slow
def test_d1_a_part_that_is_no_better_than_its_baseline_is_left_out_and_named(cast: Cast, alice: Client) -> None:
    make_leads(cast)
    with cast.acting(cast.alice):
        Opportunity._base_manager.update(product=None)
        lead = Lead.create(last_name="Large", industry="Health care", employees=600, source="Website")
    _outlook, estimator = learned("lead_business")
    assert estimator.state == EstimatorState.LIVE, estimator.reason
    lead.refresh_from_db()
    assert lead.expected_kind == ""
    assert lead.expected_size > 40_000
    shown = alice.get(f"/leads/{lead.pk}/panel/lead-business/").content.decode()
    assert "No kind is given." in shown
    assert "No size is given." not in shown


def _numbers(**columns: object) -> list[Column]:
    none = np.full(400, None, dtype=object)
    made = {name: np.asarray(values, dtype=float) for name, values in columns.items()}
    return [Column(name, ColumnKind.NUMBER, none[: len(values)], values) for name, values in made.items()]


def test_d1_a_column_that_never_differed_says_nothing_of_a_lead_where_it_does() -> None:
    dice = np.random.default_rng(1)
    size = dice.normal(size=400)
    kinds = ["Software" if one > 0 else "Sensors" for one in size + dice.normal(size=400)]
    waiting = 1 + 1e-10 * size  # but for what computing leaves behind
    learnt = learn_kinds(_numbers(size=size, waiting=waiting), kinds, np.arange(400.0), np.arange(400.0))
    assert not learnt.problem
    usual, early = shares(learnt.kept, _numbers(size=[1, 1], waiting=[1, 0.03]))
    assert usual.tolist() == early.tolist()
