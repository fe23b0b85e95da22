"""Verbs of a record: offered where they make sense, asked for what they need, undone from the toast."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from rapport.activities.models import Task
from rapport.catalog.models import Product
from rapport.core.clock import today
from rapport.core.events import Event
from rapport.directory.models import Organisation
from rapport.leads.models import Lead
from rapport.pipeline.models import Opportunity
from rapport.pipeline.models.opportunity import Status
from rapport.web.places import record_address
from tests.cast import Cast
from tests.web.records.conftest import Browse, World

pytestmark = pytest.mark.django_db

DIALOG = {"HX-Request": "true", "HX-Target": "dialog#dialog"}


def deal_address(world: World, rest: str = "") -> str:
    return record_address("opportunity", world.deal.pk) + rest


def test_losing_asks_for_the_reason(alices: Client, world: World) -> None:
    form = alices.get(deal_address(world, "do/lose/"), headers=DIALOG).content.decode()
    assert 'name="reason"' in form
    assert 'name="competitor"' in form
    assert alices.post(deal_address(world, "do/lose/"), {"reason": ""}).status_code == 422
    answer = alices.post(deal_address(world, "do/lose/"), {"reason": "Price", "competitor": "Globex"})
    assert answer.status_code == 302
    world.deal.refresh_from_db()
    assert (world.deal.status, world.deal.loss_reason, world.deal.lost_to) == (Status.LOST, "Price", "Globex")


def test_parking_refuses_a_day_that_is_gone(alices: Client, world: World) -> None:
    gone = alices.post(deal_address(world, "do/park/"), {"until": "2020-01-01"})
    assert gone.status_code == 422
    assert "after today" in gone.content.decode()
    alices.post(deal_address(world, "do/park/"), {"until": (today() + timedelta(days=9)).isoformat()})
    world.deal.refresh_from_db()
    assert world.deal.status == Status.PARKED


def test_a_stage_that_needs_something_asks_for_exactly_that(alices: Client, world: World) -> None:
    stages = world.deal.pipeline.ordered_stages()
    needy = next(stage for stage in stages if world.deal.missing_for(stage))
    missing = world.deal.missing_for(needy)
    asked = alices.post(deal_address(world, "do/move_to/"), {"stage": str(needy.pk)}, headers=DIALOG)
    page = asked.content.decode()
    assert asked.status_code == 422
    for name in missing:
        assert f'id="field-{name}"' in page
    assert needy.title in alices.get(deal_address(world)).content.decode()


def test_an_easy_stage_is_entered_at_once(alices: Client, world: World) -> None:
    stages = world.deal.pipeline.ordered_stages()
    easy = next(stage for stage in stages[1:] if not world.deal.missing_for(stage))
    alices.post(deal_address(world, "do/move_to/"), {"stage": str(easy.pk)})
    world.deal.refresh_from_db()
    assert world.deal.stage_id == easy.pk


def test_lines_are_added_changed_and_removed(alices: Client, cast: Cast, world: World) -> None:
    with cast.acting(cast.dora):
        press = Product.create(name="Press", list_price=Decimal(100), currency="EUR")
    alices.post(deal_address(world, "do/add_line/"), {"product": str(press.pk), "quantity": "2"})
    line = world.deal.lines.get()
    world.deal.refresh_from_db()
    assert world.deal.amount == Decimal(200)
    assert "Press" in alices.get(deal_address(world, "panel/lines/")).content.decode()
    form = alices.get(deal_address(world, f"do/change_line/?line={line.pk}"), headers=DIALOG).content.decode()
    assert 'value="2"' in form
    changed = {"line": str(line.pk), "product": str(press.pk), "quantity": "3", "unit_price": "100", "discount": "10"}
    alices.post(deal_address(world, "do/change_line/"), changed)
    world.deal.refresh_from_db()
    assert world.deal.amount == Decimal(270)
    alices.post(deal_address(world, "do/remove_line/"), {"line": str(line.pk)})
    assert not world.deal.lines.exists()


def test_completing_a_task_offers_undo(alices: Client, cast: Cast) -> None:
    with cast.acting(cast.alice):
        task = Task.create(subject="Call back", owner=cast.alice)
    address = record_address("task", task.pk)
    page = alices.post(f"{address}do/complete/", follow=True).content.decode()
    event = Event.objects.latest("id")
    assert f"/undo/{event.pk}/" in page
    answer = alices.post(f"/undo/{event.pk}/", {"next": address}, follow=True)
    assert "Undone · Call back" in answer.content.decode()
    task.refresh_from_db()
    assert not task.is_done


def test_a_lead_is_discarded_with_a_reason_and_taken_up_again(alices: Client, cast: Cast) -> None:
    with cast.acting(cast.alice):
        lead = Lead.create(last_name="Reis", owner=cast.alice)
    address = record_address("lead", lead.pk)
    alices.post(f"{address}do/discard/", {"reason": "No budget"})
    lead.refresh_from_db()
    assert lead.discard_reason == "No budget"
    assert "do/reopen/" in alices.get(address).content.decode()


def test_what_makes_no_sense_now_is_refused_in_words(alices: Client, world: World) -> None:
    refused = alices.post(deal_address(world, "do/reopen/"))
    assert refused.status_code == 403
    assert "can&#x27;t be done here now" in refused.content.decode()


def test_verbs_that_do_not_exist_are_no_addresses(alices: Client, world: World) -> None:
    for verb in ("explode", "create", "save", "delete", "refresh_from_db"):
        assert alices.post(deal_address(world, f"do/{verb}/")).status_code in (403, 404)
    assert Opportunity.objects.filter(pk=world.deal.pk).exists()


def test_deleting_is_asked_once_more_and_undone(alices: Client, cast: Cast) -> None:
    with cast.acting(cast.alice):
        gone = Organisation.create(name="Gone", owner=cast.alice)
    address = record_address("organisation", gone.pk)
    assert "Undo brings all of it back" in alices.get(f"{address}remove/").content.decode()
    answer = alices.post(f"{address}remove/")
    assert answer["Location"] == "/organisations/"
    event = Event.objects.latest("id")
    alices.post(f"/undo/{event.pk}/")
    assert Organisation.objects.filter(pk=gone.pk).exists()


def test_what_others_refer_to_is_not_deleted_and_says_why(alices: Client, world: World) -> None:
    answer = alices.post(f"{record_address('organisation', world.acme.pk)}remove/")
    assert answer.status_code == 422
    assert "refer to it" in answer.content.decode()


def test_somebody_from_another_team_can_do_nothing_to_a_deal(browse: Browse, cast: Cast, world: World) -> None:
    charlies = browse(cast.charlie)
    assert charlies.post(deal_address(world, "do/lose/"), {"reason": "x"}).status_code == 404
    world.deal.refresh_from_db()
    assert world.deal.status == Status.OPEN


def test_converting_a_lead_proposes_whom_it_could_be(alices: Client, cast: Cast, world: World) -> None:
    with cast.acting(cast.alice):
        world.petra.change(emails=[{"kind": "work", "value": "petra@acme.example"}])
        lead = Lead.create(
            first_name="P.",
            last_name="Vogel",
            organisation_name="Acme",
            emails=[{"kind": "work", "value": "petra@acme.example"}],
            owner=cast.alice,
        )
    address = f"{record_address('lead', lead.pk)}do/convert/"
    form = alices.get(address).content.decode()
    assert "same e-mail address" in form
    assert str(world.petra.pk) in form
    answers = {
        "person": str(world.petra.pk),
        "person__text": "Petra Vogel",
        "organisation": "",
        "organisation__text": "Acme Steel",
        "with_opportunity": "yes",
        "opportunity_name": "Pumps",
    }
    answer = alices.post(address, answers)
    made = Opportunity.objects.get(name="Pumps")
    assert answer["Location"] == record_address("opportunity", made.pk)
    assert (made.organisation_id, made.person_id) == (world.acme.pk, world.petra.pk)
