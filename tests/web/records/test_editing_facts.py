"""Editing one fact in place."""

import pytest
from django.test import Client

from rapport.core.events import Event
from rapport.directory.models import Organisation, Person
from rapport.identity.roles import Role
from rapport.web.places import record_address
from tests.cast import Cast
from tests.web.records.conftest import Browse, World

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true", "HX-Target": "div#fact-industry"}


def edit(world: World, name: str) -> str:
    return f"{record_address('organisation', world.acme.pk)}edit/{name}/"


def test_a_fact_is_asked_for_and_changed_in_place(alices: Client, world: World) -> None:
    asked = alices.get(edit(world, "industry"), headers=HTMX).content.decode()
    assert "<html" not in asked
    assert 'value="Steel"' in asked
    saved = alices.post(edit(world, "industry"), {"industry": "Machine tools"}, headers=HTMX)
    assert saved.status_code == 200
    assert "Machine tools" in saved.content.decode()
    assert "/undo/" in saved.content.decode()  # the toast offers it
    world.acme.refresh_from_db()
    assert world.acme.industry == "Machine tools"


def test_it_works_without_scripts(alices: Client, world: World) -> None:
    assert "<html" in alices.get(edit(world, "industry")).content.decode()
    answer = alices.post(edit(world, "industry"), {"industry": "Machine tools"})
    assert answer.status_code == 302
    assert answer["Location"] == record_address("organisation", world.acme.pk)


def test_giving_up_brings_the_fact_back(alices: Client, world: World) -> None:
    address = f"{record_address('organisation', world.acme.pk)}fact/industry/"
    assert "Steel" in alices.get(address, headers=HTMX).content.decode()
    assert alices.get(address)["Location"] == record_address("organisation", world.acme.pk)


def test_saving_what_did_not_change_writes_no_history(alices: Client, world: World) -> None:
    before = Event.objects.count()
    alices.post(edit(world, "industry"), {"industry": "Steel"}, headers=HTMX)
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    ("name", "wrong", "says"),
    [
        ("employees", "many", "is not a number"),
        ("website", "nowhere", "is not a web address"),
        ("founded_year", "12026", "at most"),
        ("name", "", "needed"),
        ("name", "x" * 5000, "At most 200"),
        ("name", "a\x00b", "NUL"),
        ("parent", "not-an-id", "not found"),
    ],
)
def test_a_wrong_value_is_refused_in_words_and_kept_in_the_form(
    alices: Client, world: World, name: str, wrong: str, says: str
) -> None:
    answer = alices.post(edit(world, name), {name: wrong}, headers=HTMX)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    if wrong and name != "parent" and "\x00" not in wrong:
        assert wrong in answer.content.decode()


def test_e_mails_are_several_rows_of_which_empty_ones_are_left_out(alices: Client, world: World) -> None:
    rows = {"emails__value": ["a@acme.example", "", "b@acme.example"], "emails__kind": ["work", "work", "billing"]}
    assert alices.post(edit(world, "emails"), rows, headers=HTMX).status_code == 200
    world.acme.refresh_from_db()
    assert world.acme.emails == [
        {"kind": "work", "value": "a@acme.example"},
        {"kind": "billing", "value": "b@acme.example"},
    ]
    wrong = alices.post(
        edit(world, "emails"), {"emails__value": ["a@@", "b@acme.example"], "emails__kind": ["work"]}, headers=HTMX
    )
    assert wrong.status_code == 422
    assert 'value="a@@"' in wrong.content.decode()
    assert 'value="b@acme.example"' in wrong.content.decode()


def test_a_link_is_chosen_by_id_or_typed_by_name(alices: Client, cast: Cast, world: World) -> None:
    with cast.acting(cast.alice):
        group = Organisation.create(name="Élan Group")
        Organisation.create(name="Twin")
        Organisation.create(name="Twin")
    alices.post(edit(world, "parent"), {"parent": "", "parent__text": "elan group"}, headers=HTMX)
    world.acme.refresh_from_db()
    assert world.acme.parent_id == group.pk
    unsure = alices.post(edit(world, "parent"), {"parent": str(group.pk), "parent__text": "Twin"}, headers=HTMX)
    assert unsure.status_code == 422
    assert "Several records" in unsure.content.decode()
    assert unsure.content.decode().count("<option") == 3
    alices.post(edit(world, "parent"), {"parent": str(group.pk), "parent__text": ""}, headers=HTMX)
    world.acme.refresh_from_db()
    assert world.acme.parent_id is None


def test_two_editors_never_overwrite_each_other_unseen(browse: Browse, cast: Cast, world: World) -> None:
    alices, bobs = browse(cast.alice), browse(cast.bob)
    version = (
        alices.get(edit(world, "industry"), headers=HTMX)
        .content.decode()
        .split('name="version" value="')[1]
        .split('"')[0]
    )
    bobs.post(edit(world, "industry"), {"industry": "Machine tools"}, headers=HTMX)
    clash = alices.post(edit(world, "industry"), {"industry": "Presses", "version": version}, headers=HTMX)
    assert clash.status_code == 409
    assert "Bob Bernard changed this to “Machine tools”" in clash.content.decode()
    assert 'value="Presses"' in clash.content.decode()
    newer = clash.content.decode().split('name="version" value="')[1].split('"')[0]
    alices.post(edit(world, "industry"), {"industry": "Presses", "version": newer}, headers=HTMX)
    world.acme.refresh_from_db()
    assert world.acme.industry == "Presses"


def test_what_the_model_refuses_is_said_at_the_field(alices: Client, world: World) -> None:
    own = alices.post(edit(world, "parent"), {"parent": str(world.acme.pk)}, headers=HTMX)
    assert own.status_code == 422
    assert "part of itself" in own.content.decode()


def test_who_may_not_change_is_told_so(browse: Browse, cast: Cast, world: World) -> None:
    with cast.acting(cast.dora):
        cast.charlie.change(role=Role.READ_ONLY)
    charlies = browse(cast.charlie)
    assert charlies.get(edit(world, "industry")).status_code == 403
    assert charlies.post(edit(world, "industry"), {"industry": "x"}).status_code == 403
    world.acme.refresh_from_db()
    assert world.acme.industry == "Steel"


def test_fields_that_do_not_exist_are_no_addresses(alices: Client, world: World) -> None:
    for name in ("id", "password", "created_at", "objects"):
        assert alices.get(edit(world, name)).status_code == 404
    assert Person.objects.filter(pk=world.petra.pk).exists()
