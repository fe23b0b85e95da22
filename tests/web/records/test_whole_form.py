"""Changing many facts at once, while others do the same."""

import re

import pytest
from django.test import Client

from rapport.core.events import Event
from rapport.web.places import record_address
from tests.cast import Cast
from tests.web.records.conftest import Browse, World

pytestmark = pytest.mark.django_db


def version_in(page: bytes) -> str:
    found = re.search(r'name="version" value="(\d+)"', page.decode())
    assert found
    return found[1]


def test_only_what_differs_is_changed(alices: Client, world: World) -> None:
    address = f"{record_address('organisation', world.acme.pk)}edit/"
    version = version_in(alices.get(address).content)
    alices.post(address, {"version": version, "name": "Acme Steel", "industry": "Presses", "employees": "120"})
    change = Event.objects.latest("id").changes.get()
    assert change.after == {"industry": "Presses", "employees": 120}


def test_fields_the_form_did_not_ask_for_stay_as_they_are(alices: Client, world: World) -> None:
    alices.post(f"{record_address('organisation', world.acme.pk)}edit/", {"name": "Acme"})
    world.acme.refresh_from_db()
    assert (world.acme.name, world.acme.industry) == ("Acme", "Steel")


def test_changes_to_other_fields_go_together(browse: Browse, cast: Cast, world: World) -> None:
    alices, bobs = browse(cast.alice), browse(cast.bob)
    address = f"{record_address('organisation', world.acme.pk)}edit/"
    version = version_in(alices.get(address).content)
    bobs.post(address, {"industry": "Machine tools"})
    answer = alices.post(address, {"version": version, "name": "Acme AG", "industry": "Steel"})
    assert answer.status_code == 302
    world.acme.refresh_from_db()
    assert (world.acme.name, world.acme.industry) == ("Acme AG", "Machine tools")


@pytest.mark.parametrize(("decision", "kept"), [("mine", "Presses"), ("theirs", "Machine tools")])
def test_the_user_decides_field_by_field(browse: Browse, cast: Cast, world: World, decision: str, kept: str) -> None:
    alices, bobs = browse(cast.alice), browse(cast.bob)
    address = f"{record_address('organisation', world.acme.pk)}edit/"
    mine = {"version": version_in(alices.get(address).content), "name": "Acme AG", "industry": "Presses"}
    bobs.post(address, {"industry": "Machine tools"})
    question = alices.post(address, mine)
    page = question.content.decode()
    assert question.status_code == 409
    assert "Bob Bernard changed this while you were editing." in page
    assert "Machine tools" in page
    assert 'value="Presses"' in page
    world.acme.refresh_from_db()
    assert world.acme.name == "Acme Steel"  # nothing was saved yet
    alices.post(address, mine | {"version": version_in(question.content), "industry__decide": decision})
    world.acme.refresh_from_db()
    assert (world.acme.name, world.acme.industry) == ("Acme AG", kept)
