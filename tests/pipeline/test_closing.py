"""Winning, losing, parking, reopening, starting again."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import fixed_at, today
from rapport.core.events import Event
from rapport.core.problems import Forbidden, Problem
from rapport.core.undo import undo_event
from rapport.directory.models import Lifecycle, Organisation, Person
from rapport.pipeline.models import Status
from rapport.pipeline.models.opportunity.needs import StageNeeds
from rapport.pipeline.parking import bring_back_due
from tests.cast import Cast
from tests.conftest import all_rows
from tests.pipeline.sales import sale, stage

pytestmark = pytest.mark.usefixtures("fresh")
TABLES = ("pipeline_opportunity", "pipeline_stagevisit")


def test_a_won_opportunity_goes_on_to_be_followed_up(cast: Cast) -> None:
    machine = sale(cast, amount=Decimal(100))
    with cast.acting(cast.alice):
        machine.win(reason="Best fit")
    assert (machine.status, machine.stage, machine.closed_on) == (Status.WON, stage("S6"), today())
    assert (machine.win_reason, machine.win_probability) == ("Best fit", 100)
    assert Event.objects.latest("id").reason == "Best fit"
    with cast.acting(cast.alice), pytest.raises(Problem, match="won already"):
        machine.win()


def test_winning_makes_the_organisation_a_customer_and_undo_takes_that_back(cast: Cast) -> None:
    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme", lifecycle=Lifecycle.PROSPECT)
        partner = Organisation.create(name="Partner", lifecycle=Lifecycle.PARTNER)
    for organisation in (acme, partner):
        machine = sale(cast, amount=Decimal(100), organisation=organisation)
        with cast.acting(cast.alice):
            machine.win()
        organisation.refresh_from_db()
    assert (acme.lifecycle, partner.lifecycle) == (Lifecycle.CUSTOMER, Lifecycle.PARTNER)
    with cast.acting(cast.alice):
        undo_event(Event.objects.filter(verb="opportunity.win").earliest("id"))
    acme.refresh_from_db()
    assert acme.lifecycle == Lifecycle.PROSPECT


def test_winning_asks_for_the_amount(cast: Cast) -> None:
    machine = sale(cast)
    with cast.acting(cast.alice):
        with pytest.raises(StageNeeds, match="Amount"):
            machine.win()
        machine.refresh_from_db()
        machine.win(amount=Decimal(5))
    assert machine.amount == Decimal(5)


def test_moving_to_the_stage_of_following_up_is_winning(cast: Cast) -> None:
    machine = sale(cast, amount=Decimal(100))
    with cast.acting(cast.alice):
        machine.move_to(stage("S6"))
    assert (machine.status, machine.closed_on) == (Status.WON, today())


def test_a_loss_has_a_reason_and_keeps_the_stage_where_it_happened(cast: Cast) -> None:
    machine = sale(cast, competitors=["Bolt"])
    with cast.acting(cast.alice):
        with pytest.raises(ValidationError, match="why it was lost"):
            machine.lose(reason=" ")
        machine.lose(reason="Price", competitor="Nuts Ltd")
    machine.refresh_from_db()
    assert (machine.status, machine.stage, machine.loss_reason) == (Status.LOST, stage("S1"), "Price")
    assert (machine.lost_to, machine.competitors) == ("Nuts Ltd", ["Bolt", "Nuts Ltd"])
    assert machine.win_probability == 0


def test_undoing_a_loss_opens_it_again_as_it_was(cast: Cast) -> None:
    machine = sale(cast)
    before = all_rows(*TABLES)
    with cast.acting(cast.alice):
        machine.lose(reason="Price")
        undo_event(Event.objects.latest("id"))
    assert all_rows(*TABLES) == before


def test_a_parked_opportunity_comes_back_by_itself_on_its_day(cast: Cast) -> None:
    start = datetime(2026, 3, 1, 9, tzinfo=UTC)
    with fixed_at(start):
        machine = sale(cast)
        with cast.acting(cast.alice):
            with pytest.raises(ValidationError, match="after today"):
                machine.park(until=today())
            machine.park(until=today() + timedelta(days=30), reason="Budget comes in April")
    with acting_as(SYSTEM), fixed_at(start + timedelta(days=29)):
        assert bring_back_due() == 0
    with acting_as(SYSTEM), fixed_at(start + timedelta(days=30)):
        assert bring_back_due() == 1
    machine.refresh_from_db()
    assert (machine.status, machine.parked_until, machine.stage) == (Status.OPEN, None, stage("S1"))
    event = Event.objects.latest("id")
    assert (event.verb, event.actor_kind) == ("opportunity.reopen", "system")
    assert "parked" in event.reason


def test_a_reopened_opportunity_stands_where_it_stood_before(cast: Cast) -> None:
    machine = sale(cast, amount=Decimal(1), expected_close=today())
    with cast.acting(cast.alice):
        machine.move_to(stage("S4"))
        machine.win()
        machine.reopen()
        assert (machine.stage, machine.status, machine.closed_on) == (stage("S4"), Status.OPEN, None)
        with pytest.raises(Problem, match="open already"):
            machine.reopen()
        machine.lose(reason="Price")
        machine.reopen()
    assert (machine.stage, machine.loss_reason) == (stage("S4"), "")


def test_a_won_customer_comes_back_in_the_stage_of_discovery(cast: Cast) -> None:
    with cast.acting(cast.alice):
        ann = Person.create(last_name="Ames")
    machine = sale(cast, amount=Decimal(100), need="Speed")
    with cast.acting(cast.alice):
        machine.win()
        with pytest.raises(StageNeeds, match="Main contact"):
            machine.begin_again()
        following = machine.begin_again(name="Second machine", person=ann)
    assert (following.stage, following.status, following.owner) == (stage("S3"), Status.OPEN, cast.alice)
    assert (following.source, following.amount, following.need) == ("Existing customer", None, "Speed")


def test_others_do_not_close_it(cast: Cast) -> None:
    machine = sale(cast, amount=Decimal(1))
    with cast.acting(cast.charlie):
        for close in (machine.win, lambda: machine.lose(reason="Spite")):
            with pytest.raises(Forbidden):
                close()
