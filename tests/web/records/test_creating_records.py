"""Creating records: the whole form, the short one in the dialog, where it returns to, duplicates hinted at."""

import re

import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.directory.models import Organisation, Person
from rapport.identity.models import FieldRight, FieldRule
from rapport.identity.roles import Role
from rapport.quality.models import DuplicateDecision
from rapport.web.places import creation_address, record_address
from tests.cast import Cast
from tests.web.records.conftest import Browse, World

pytestmark = pytest.mark.django_db

DIALOG = {"HX-Request": "true", "HX-Target": "dialog#dialog"}


def test_a_form_makes_a_record_owned_by_who_fills_it_in(alices: Client, cast: Cast) -> None:
    page = alices.get("/organisations/new/").content.decode()
    assert f'value="{cast.alice.pk}"' in page
    answer = alices.post(
        "/organisations/new/", {"name": "Globex", "owner": str(cast.alice.pk), "website": "globex.example"}
    )
    made = Organisation.objects.get(name="Globex")
    assert answer["Location"] == record_address("organisation", made.pk)
    assert (made.owner_id, made.team_id, made.website) == (cast.alice.pk, cast.north.pk, "https://globex.example")


def test_the_dialog_asks_for_less_and_leads_to_all(alices: Client) -> None:
    short = alices.get("/organisations/new/", headers=DIALOG).content.decode()
    assert "<html" not in short
    assert 'name="vat_number"' not in short
    assert 'name="vat_number"' in alices.get("/organisations/new/").content.decode()
    answer = alices.post("/organisations/new/", {"name": "Initech", "size": "quick"}, headers=DIALOG)
    assert answer.status_code == 200
    assert "/organisations/" in answer["HX-Redirect"]


def test_it_is_prefilled_by_its_address_and_returns_where_one_was(alices: Client, world: World) -> None:
    here = record_address("organisation", world.acme.pk)
    address = creation_address("person", organisation=world.acme.pk, last_name="Krämer", next=here)
    page = alices.get(address).content.decode()
    assert 'value="Acme Steel"' in page
    assert 'value="Krämer"' in page
    answer = alices.post(address, {"last_name": "Krämer", "organisation": str(world.acme.pk), "next": here})
    assert answer["Location"] == here
    assert Person.objects.get(last_name="Krämer").organisation_id == world.acme.pk


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_it_never_leads_to_another_site(alices: Client, elsewhere: str) -> None:
    answer = alices.post("/organisations/new/", {"name": "Hooli", "next": elsewhere})
    assert answer["Location"].startswith("/organisations/")


def test_nothing_typed_is_lost_on_an_error(alices: Client) -> None:
    typed = {
        "name": "",
        "industry": "Stel & <Co>",
        "employees": "12 or so",
        "emails__value": ["x@@y", "z@acme.example"],
        "emails__kind": ["work", "billing"],
        "addresses__kind": ["office"],
        "addresses__street": ["Hauptstraße 1"],
        "parent__text": "No such group",
    }
    answer = alices.post("/organisations/new/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    for kept in ("Stel &amp; &lt;Co&gt;", "12 or so", "x@@y", "z@acme.example", "Hauptstraße 1", "No such group"):
        assert f'value="{kept}"' in page, kept
    assert "all you typed is still here" in page
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(("typed", "focused"), [({"name": "Acme", "employees": "some"}, "employees"), ({}, "name")])
def test_the_first_field_to_be_mended_takes_the_focus(alices: Client, typed: dict[str, str], focused: str) -> None:
    page = alices.post("/organisations/new/", typed).content.decode()
    (field,) = re.findall(r"<(?:input|select|textarea)[^>]* autofocus[^>]*>", page)
    assert f'name="{focused}"' in field


@pytest.mark.parametrize(
    "hostile",
    [
        {"name": "a\x00b"},
        {"name": "x" * 100_000},
        {"name": "A", "employees": "9" * 400},
        {"name": "A", "employees": "1e999999"},
        {"name": "A", "annual_revenue": "NaN"},
        {"name": "A", "owner": "not-a-uuid"},
        {"name": "A", "owner": "00000000-0000-0000-0000-000000000000"},
        {"name": "A", "lifecycle": "'; DROP TABLE"},
        {"name": "A", "emails__value": ["a" * 5000 + "@b.example"]},
        {"name": "A", "founded_year": "-5"},
        {"name": "A", "parent__text": "\x00"},
        {"name": "A", "parent": "", "parent__choice": "x"},
        {"name": "A", "vat_number": "DE123"},
    ],
)
def test_hostile_answers_are_refused_with_the_form(alices: Client, hostile: dict[str, object]) -> None:
    answer = alices.post("/organisations/new/", hostile)
    assert answer.status_code == 422
    assert not Organisation.objects.exists()


def test_hostile_addresses_don_t_break_the_form(alices: Client) -> None:
    for query in (
        "?name=%00",
        "?parent=x",
        "?owner=%F0%9F",
        "?emails__value=%3Cscript%3E",
        "?size=quick",
        "?employees=x",
    ):
        assert alices.get(f"/organisations/new/{query}").status_code == 200, query


def test_one_that_exists_already_is_pointed_out(alices: Client, world: World) -> None:
    found = alices.get("/look-alikes/organisations/", {"name": "ACME Stel"}).content.decode()
    assert record_address("organisation", world.acme.pk) in found
    assert "Acme" not in alices.get("/look-alikes/organisations/", {"name": "Zorg"}).content.decode()


def test_who_may_not_create_is_told_so(browse: Browse, cast: Cast) -> None:
    with cast.acting(cast.dora):
        cast.charlie.change(role=Role.READ_ONLY)
    charlies = browse(cast.charlie)
    assert charlies.get("/organisations/new/").status_code == 403
    assert charlies.post("/organisations/new/", {"name": "X"}).status_code == 403
    assert not Organisation.objects.exists()


def test_going_from_the_short_form_to_all_fields_keeps_what_was_typed(alices: Client) -> None:
    typed = {"name": "Globex", "website": "not yet", "size": "quick", "all": "1"}
    answer = alices.post("/organisations/new/", typed, headers=DIALOG)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="Globex"' in page
    assert 'value="not yet"' in page
    assert 'name="vat_number"' in page
    assert not Organisation.objects.exists()


def test_q4_a_person_with_the_same_phone_number_is_shown_while_typing(cast: Cast, alices: Client, world: World) -> None:
    with cast.acting(cast.alice):
        world.petra.change(phones=[{"kind": "work", "value": "+49 711 100 20 30"}])
    typed = {"last_name": "Vo", "phones__value": "0711 1002030"}
    shown = alices.get("/look-alikes/people/", typed).content.decode()
    assert "Petra Vogel" in shown
    assert "same phone number" in shown


def test_q4_what_was_called_different_at_entry_is_remembered(cast: Cast, alices: Client, world: World) -> None:
    petra = str(world.petra.pk)
    shown = alices.get("/look-alikes/people/", {"first_name": "Petra", "last_name": "Vogl"}).content.decode()
    assert "similar name" in shown
    assert f'value="{petra}"' in shown
    hidden = {"unlike": [petra, "nonsense", str(world.acme.pk)]}
    alices.post("/people/new/", {"first_name": "Petra", "last_name": "Vogl", **hidden})
    made = Person.objects.get(last_name="Vogl")
    said = DuplicateDecision.objects.get()
    assert ({said.left_id, said.right_id}, said.verdict) == ({world.petra.pk, made.pk}, "different")


def test_a_reason_that_rests_on_a_hidden_field_is_not_told(cast: Cast, alices: Client, world: World) -> None:
    with cast.acting(cast.alice):
        world.petra.change(phones=[{"kind": "work", "value": "+49 711 100 20 30"}])
    with acting_as(SYSTEM):
        FieldRule.create(role="seller", for_type="person", field="phones", right=FieldRight.HIDDEN)
    typed = {"first_name": "Petra", "last_name": "Vogel", "phones__value": "0711 1002030"}
    shown = alices.get("/look-alikes/people/", typed).content.decode()
    assert "same name" in shown
    assert "phone" not in shown
