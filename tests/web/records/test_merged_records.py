"""A record that was merged: its address leads on, both histories are told, undo is a click away."""

import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.events import Event
from rapport.directory.models import Organisation
from rapport.identity.models import Scope
from tests.cast import Cast, seen_by
from tests.web.records.conftest import Browse, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def twin(cast: Cast, world: World) -> Organisation:
    with cast.acting(cast.alice):
        twin = Organisation.create(name="ACME Steel SA", country="FR", owner=cast.alice)
        twin.change(industry="Metal")
        twin.merge_into(world.acme)
    return twin


def test_its_address_leads_to_the_one_it_was_merged_into(alices: Client, world: World, twin: Organisation) -> None:
    moved = alices.get(f"/organisations/{twin.pk}/history/")
    assert (moved.status_code, moved.headers["Location"]) == (301, f"/organisations/{world.acme.pk}/history/")
    assert moved.headers["Cache-Control"] == "no-store"
    assert alices.get(moved.headers["Location"]).status_code == 200


def test_who_may_not_see_where_it_went_learns_nothing(
    browse: Browse, cast: Cast, world: World, twin: Organisation
) -> None:
    seen_by("organisation", Scope.TEAM)
    assert browse(cast.charlie).get(f"/organisations/{twin.pk}/").status_code == 404


def test_both_histories_are_told(alices: Client, world: World, twin: Organisation) -> None:
    page = alices.get(f"/organisations/{world.acme.pk}/history/").content.decode()
    assert "merged" in page
    assert "Metal" in page
    assert "ACME Steel SA" in alices.get(f"/organisations/{world.acme.pk}/").content.decode()


def test_undo_brings_the_page_back(alices: Client, world: World, twin: Organisation) -> None:
    event = Event.objects.latest("id")
    done = alices.post(f"/undo/{event.pk}/")
    assert done.headers["Location"] == f"/organisations/{twin.pk}/"
    assert alices.get(f"/organisations/{twin.pk}/").status_code == 200
    with acting_as(SYSTEM):
        assert Organisation.objects.count() == 2
