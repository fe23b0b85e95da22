"""Tests of attention: off unless asked for, told of, revealed at once, never carried out, and private."""

import pytest
from django.test import Client

from rapport.core.problems import Forbidden
from rapport.directory.models import Organisation
from rapport.oversight.attention import habits_of, plant_for, plant_where_due
from rapport.oversight.machine import Grounds, acting_as_machine, propose
from rapport.oversight.models import Proposal, Vigilance
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("machine_actions")]


@pytest.fixture
def waiting(cast: Cast) -> None:
    with cast.acting(cast.alice):
        made = [Organisation.create(name=name, owner=cast.alice) for name in ("Acme", "Beta")]
    with acting_as_machine("test.draft", on_behalf_of=cast.alice) as run:
        for one, country in zip(made, ("FR", "PT"), strict=True):
            propose(run, Grounds(), one.change, country=country)


def test_they_are_off_until_an_administrator_turns_them_on(cast: Cast, waiting: None) -> None:
    assert plant_where_due() == 0
    with cast.acting(cast.bob), pytest.raises(Forbidden):
        Vigilance.turn(on=True)
    with cast.acting(cast.dora):
        Vigilance.turn(on=True)
    page = Client()
    page.force_login(cast.alice)
    assert "wrong on purpose" in page.get("/proposals/").content.decode()


@pytest.mark.parametrize(("answer", "told"), [("accept", "belongs to another record"), ("reject", "Well seen")])
def test_one_is_revealed_at_once_and_never_carried_out(cast: Cast, waiting: None, answer: str, told: str) -> None:
    planted = plant_for(cast.alice.pk)
    assert planted is not None
    page = Client()
    page.force_login(cast.alice)
    assert told in page.post(f"/proposals/{planted.pk}/{answer}/", follow=True).content.decode()
    assert set(Organisation.objects.values_list("country", flat=True)) == {""}
    habits = habits_of(user_id=cast.alice.pk)
    assert (habits.plants, habits.plants_caught, habits.decided) == (1, int(answer == "reject"), 0)


def test_the_habits_of_fewer_than_three_are_told_to_nobody_else(cast: Cast, waiting: None) -> None:
    with cast.acting(cast.alice):
        for one in Proposal.objects.all():
            one.reject()
    assert habits_of(user_id=cast.alice.pk).decided == 2
    assert habits_of(team_ids=frozenset({cast.north.pk})).decided == 0


def test_administrators_see_how_everybody_together_decides_and_nobody_else_does(cast: Cast) -> None:
    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme", owner=cast.alice)
    for position, person in enumerate((cast.alice, cast.bob, cast.dora)):
        with acting_as_machine("test.draft", on_behalf_of=person) as run:
            made = [propose(run, Grounds(), acme.change, employees=100 * position + number + 1) for number in range(8)]
        with cast.acting(person):
            for one in filter(None, made):
                one.reject(seen={"seconds": 4.0, "sources": True})
    together = habits_of()
    assert (together.decided, together.accepted, together.median_seconds, together.opened) == (24, 0.0, 4.0, 1.0)
    page = Client()
    for person, sees in ((cast.dora, True), (cast.alice, False), (cast.bob, False)):
        page.force_login(person)
        assert ("Everybody together" in page.get("/ai-control/you/").content.decode()) is sees


def test_a_manager_keeps_machines_from_a_record(cast: Cast, waiting: None) -> None:
    acme = Organisation.objects.get(name="Acme")
    page = Client()
    page.force_login(cast.bob)
    assert "No machine for this record" in page.get(f"/organisations/{acme.pk}/panel/proposals/").content.decode()
    page.post("/ai-control/stop/", {"key": f"record:{acme.pk}"})
    with acting_as_machine("test.act", on_behalf_of=cast.alice) as run:
        acme.change(country="FR")
    assert run.record.state == "stopped"
    with cast.acting(cast.dora):
        from rapport.oversight.models import StopSwitch

        StopSwitch.objects.get(key=f"record:{acme.pk}").release(reason="Asked for.")
