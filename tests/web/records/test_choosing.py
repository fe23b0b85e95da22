"""What a combobox is offered."""

import pytest
from django.test import Client

from rapport.identity.models import Scope
from tests.cast import Cast, seen_by
from tests.web.records.conftest import Browse, World

pytestmark = pytest.mark.django_db


def test_typing_finds_records_with_typos_and_accents_forgiven(alices: Client, world: World) -> None:
    for asked in ("acme", "Acmé", "stele"):
        assert str(world.acme.pk) in alices.get("/choose/organisation/", {"q": asked}).content.decode(), asked
    assert str(world.petra.pk) in alices.get("/choose/person/", {"organisation__text": "petra vogle"}).content.decode()


def test_the_newest_are_offered_before_anything_is_typed(alices: Client, world: World) -> None:
    assert "Acme Steel" in alices.get("/choose/organisation/").content.decode()


def test_only_what_one_may_see_is_offered(browse: Browse, cast: Cast, world: World) -> None:
    seen_by("organisation", Scope.OWNER)
    charlies = browse(cast.charlie)
    for asked in ("", "acme"):
        assert "Acme" not in charlies.get("/choose/organisation/", {"q": asked}).content.decode()


def test_types_that_are_not_searched_are_offered_by_title(alices: Client, cast: Cast) -> None:
    assert "North" in alices.get("/choose/team/", {"q": "nor"}).content.decode()


def test_activities_are_about_records_of_any_type(alices: Client, world: World) -> None:
    found = alices.get("/choose/about/", {"q": "acme"}).content.decode()
    assert f"organisation:{world.acme.pk}" in found


def test_nonsense_is_answered_calmly(alices: Client) -> None:
    assert alices.get("/choose/nothing/").status_code == 404
    for asked in ("\x00", "x" * 5000, "%", "'", "\\"):
        assert alices.get("/choose/organisation/", {"q": asked}).status_code == 200
