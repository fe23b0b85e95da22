"""Finding records from the palette and the search page, by whoever may see them."""

from collections.abc import Callable

import pytest
from django.test import Client

from rapport.directory.models import Organisation, Person
from rapport.identity.models import Scope, User
from tests.cast import Cast, seen_by

SignedIn = Callable[[User], Client]


@pytest.fixture
def acme(cast: Cast) -> Organisation:
    with cast.acting(cast.alice):
        Person.create(first_name="Zoé", last_name="Laurent", emails=[{"kind": "work", "value": "zoe@acme.example"}])
        return Organisation.create(name="Ácme <Pumps>", owner=cast.alice)


def asked(client: Client, query: str) -> str:
    answer = client.get("/palette/", {"q": query}, HTTP_HX_REQUEST="true")
    assert answer.status_code == 200
    return answer.content.decode()


def test_records_are_found_whatever_accents_and_small_mistakes(
    cast: Cast, acme: Organisation, signed_in: SignedIn
) -> None:
    client = signed_in(cast.alice)
    assert f"/organisations/{acme.pk}/" in asked(client, "acme pump")
    assert "&lt;Pumps&gt;" in asked(client, "acme")
    assert "Zoé Laurent" in asked(client, "zoe@acme")
    assert "Zoé Laurent" in asked(client, "laurnet")


def test_pages_and_creations_are_offered(cast: Cast, acme: Organisation, signed_in: SignedIn) -> None:
    client = signed_in(cast.alice)
    assert 'href="/pipeline/"' in asked(client, "pipel")
    assert "/organisations/new/" in asked(client, "organisation")
    assert 'href="/people/"' in asked(client, "")


def test_each_page_of_insights_and_settings_is_found_by_whoever_may_open_it(cast: Cast, signed_in: SignedIn) -> None:
    seller, administrator = signed_in(cast.alice), signed_in(cast.dora)
    assert 'href="/insights/my-forecast/"' in asked(seller, "my forec")
    assert 'href="/settings/account/"' in asked(seller, "account")
    assert 'href="/settings/users/"' in asked(administrator, "users")
    assert 'href="/settings/users/"' not in asked(seller, "users")
    assert "/settings/account/" not in asked(seller, "")


def test_what_one_may_not_see_is_not_found(cast: Cast, acme: Organisation, signed_in: SignedIn) -> None:
    seen_by("organisation", Scope.OWNER)
    assert str(acme.pk) not in asked(signed_in(cast.charlie), "acme")
    assert str(acme.pk) not in signed_in(cast.charlie).get("/search/", {"q": "pumps"}).content.decode()
    assert str(acme.pk) in signed_in(cast.alice).get("/search/", {"q": "pumps"}).content.decode()
    assert str(acme.pk) in asked(signed_in(cast.alice), "acme")


@pytest.mark.parametrize("query", ["\x00", "%", "'; drop table", "_" * 500, "🦆", "(", "a", "  "])
def test_any_question_gets_an_answer(query: str, cast: Cast, acme: Organisation, signed_in: SignedIn) -> None:
    client = signed_in(cast.alice)
    assert asked(client, query)
    assert client.get("/search/", {"q": query}).status_code == 200


def test_the_search_page_tells_kinds_and_turns_pages(cast: Cast, signed_in: SignedIn) -> None:
    with cast.acting(cast.alice):
        for number in range(27):
            Organisation.create(name=f"Pump maker {number:02}")
        Person.create(first_name="Pump", last_name="Person")
    client = signed_in(cast.alice)
    first = client.get("/search/", {"q": "pump"})
    assert [kind.count for kind in first.context["kinds"]] == ["28", "27", "1"]
    second = client.get(first.context["next"])
    assert len(second.context["results"]) == 3
    assert len(client.get("/search/", {"q": "pump", "type": "person"}).context["results"]) == 1
    assert client.get("/search/?q=pump&page=999&type=nonsense").status_code == 200
