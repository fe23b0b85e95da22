"""Fields are added, changed, ordered, removed and brought back in the settings."""

from collections.abc import Callable

import pytest
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.editions import catch_up
from rapport.core.events import Event
from rapport.directory.models import Organisation
from rapport.governance.dictionary import entry_of
from rapport.governance.models import OwnField
from rapport.governance.own.kinds import DERIVED_KINDS, KINDS
from rapport.identity.models import User
from tests.cast import Cast

from .making import own

SignedIn = Callable[[User], Client]
OF = "/settings/fields/organisation/"
TYPED = {
    "choice": {"more": "Gold\nSilver"},
    "several": {"more": "Gold\nSilver"},
    "number": {"places": "2"},
    "amount": {"currency": "EUR"},
    "link": {"target": "person"},
    "formula": {"formula": "employees * 2", "result": "number"},
    "rollup": {"rolled_from": "person.organisation", "rolled_how": "count"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_of_each_kind_is_added_in_the_browser(kind: str, cast: Cast, signed_in: SignedIn) -> None:
    doras = signed_in(cast.dora)
    with acting_as(SYSTEM):
        Organisation.create(name="Acme", employees=4)
    typed = {"label": "Extra", "in_list": "on", **TYPED.get(kind, {})}
    assert doras.get(f"{OF}new/{kind}/").status_code == 200
    shown = "Acme" if kind in DERIVED_KINDS else "Extra"
    assert shown in doras.get(f"{OF}preview/{kind}/", typed).content.decode()
    assert doras.post(f"{OF}new/{kind}/", typed).status_code == 302
    assert "own_extra" in entry_of("organisation").fields
    asked = "field-own_extra" in doras.get("/organisations/new/").content.decode()
    assert asked is (kind not in DERIVED_KINDS)
    assert "Extra" in doras.get(OF).content.decode()


def test_what_is_missing_is_said(cast: Cast, signed_in: SignedIn) -> None:
    answer = signed_in(cast.dora).post(f"{OF}new/choice/", {"label": "Tier"})
    assert answer.status_code == 422
    assert "Write at least one choice." in answer.content.decode()


def test_only_those_who_look_after_the_settings_may(cast: Cast, signed_in: SignedIn) -> None:
    for person in (cast.alice, cast.bob):
        assert signed_in(person).get(OF).status_code == 403
        assert signed_in(person).post(f"{OF}new/text/", {"label": "Extra"}).status_code == 403
    assert not OwnField.objects.exists()


def test_renaming_a_choice_renames_it_everywhere(cast: Cast, signed_in: SignedIn) -> None:
    with acting_as(SYSTEM):
        field = own("choice", label="Tier")
        acme = Organisation.create(name="Acme", own_tier="gold")
    page = f"/settings/fields/field/{field.pk}/"
    doras = signed_in(cast.dora)
    assert "1 record has a value." in doras.get(page).content.decode()
    typed = {"label": "Tier", "choice-gold": "Platinum", "choice-silver": "Silver", "more": "Bronze"}
    assert doras.post(page, typed).status_code == 302
    assert "Platinum" in doras.get(f"/organisations/{acme.pk}/").content.decode()


def test_a_choice_that_records_hold_is_not_removed(cast: Cast, signed_in: SignedIn) -> None:
    with acting_as(SYSTEM):
        field = own("choice", label="Tier")
        Organisation.create(name="Acme", own_tier="gold")
    typed = {"label": "Tier", "choice-gold": "", "choice-silver": "Silver"}
    answer = signed_in(cast.dora).post(f"/settings/fields/field/{field.pk}/", typed)
    assert answer.status_code == 422
    assert "hold “Gold”" in answer.content.decode()


def test_fields_are_put_in_order(cast: Cast, signed_in: SignedIn) -> None:
    with acting_as(SYSTEM):
        own(label="One")
        second = own(label="Two")
    signed_in(cast.dora).post(f"/settings/fields/field/{second.pk}/move/", {"direction": "up"})
    catch_up()
    names = [name for name, field in entry_of("organisation").fields.items() if field.own]
    assert names == ["own_two", "own_one"]


def test_a_removed_field_is_undone_from_the_toast_or_brought_back_later(cast: Cast, signed_in: SignedIn) -> None:
    with acting_as(SYSTEM):
        field = own(label="Floor")
        acme = Organisation.create(name="Acme", own_floor="First")
    doras, page = signed_in(cast.dora), f"/organisations/{acme.pk}/"
    doras.post(f"/settings/fields/field/{field.pk}/remove/")
    assert "First" not in doras.get(page).content.decode()
    doras.post(f"/undo/{Event.objects.latest('id').pk}/")
    assert "First" in doras.get(page).content.decode()
    doras.post(f"/settings/fields/field/{field.pk}/remove/")
    assert "Removed fields" in doras.get(OF).content.decode()
    doras.post(f"/settings/fields/field/{field.pk}/restore/")
    assert "First" in doras.get(page).content.decode()
