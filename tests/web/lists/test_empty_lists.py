"""A list in which nothing stands yet says what belongs there; one that its filters empty says that."""

from collections.abc import Callable

import pytest
from django.test import Client

from rapport.core.beginnings import begin
from rapport.identity.models import Scope, User
from rapport.leads.models import Lead
from tests.cast import Cast, seen_by

SignedIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


def test_a_list_without_any_record_teaches_though_its_first_view_filters(cast: Cast, signed_in: SignedIn) -> None:
    text = signed_in(cast.alice).get("/leads/").content.decode()
    assert "No leads yet" in text
    assert "Somebody who may become a customer" in text
    assert 'href="/imports/"' in text
    assert "Nothing fits these filters" not in text


def test_a_list_emptied_by_its_filters_offers_to_take_them_off(cast: Cast, signed_in: SignedIn) -> None:
    with cast.acting(cast.alice):
        Lead.create(last_name="Fry", owner=cast.alice)
    client = signed_in(cast.alice)
    assert "Fry" in client.get("/leads/").content.decode()
    text = client.get("/leads/?f=last_name:is:Nobody").content.decode()
    assert "Nothing fits these filters" in text
    assert "No leads yet" not in text


def test_who_sees_some_only_is_told_that_others_may_have_some(cast: Cast, signed_in: SignedIn) -> None:
    begin()
    told = "others may have some"
    seen_by("lead", Scope.OWNER)
    seen_by("opportunity", Scope.OWNER)
    for page in ("/leads/", "/pipeline/"):
        assert told in signed_in(cast.alice).get(page).content.decode()
        assert told not in signed_in(cast.dora).get(page).content.decode()
