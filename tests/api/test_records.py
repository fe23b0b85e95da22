"""Records over the API: read, made, changed, deleted and acted on, with the rights of the token's user."""

from collections import Counter
from decimal import Decimal

import pytest

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.events import Event
from rapport.directory.models import Organisation, Person
from rapport.identity.models import Scope
from rapport.pipeline.models import Opportunity
from tests.api.conftest import Program
from tests.cast import Cast, seen_by

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


def make(cast: Cast, name: str = "Acme", **facts: object) -> Organisation:
    with acting_as(SYSTEM):
        return Organisation.create(name=name, owner=cast.alice, **facts)


def test_a_record_is_made_read_changed_and_deleted(alice: Program) -> None:
    made = alice.post("organisations", {"name": "Acme", "country": "PT", "annual_revenue": "1000.50"})
    assert made.status_code == 201
    address = made.headers["Location"].removeprefix("/api/v1/")
    read = alice.get(address)
    assert read.json() == made.json()
    assert (read.json()["name"], read.json()["annual_revenue"], read.json()["parent"]) == ("Acme", "1000.50", None)
    changed = alice.patch(address, {"country": "FR", "emails": [{"value": "a@acme.example"}]})
    assert changed.json()["emails"] == [{"kind": "work", "value": "a@acme.example"}]
    assert alice.delete(address).status_code == 204
    assert alice.get(address).status_code == 404
    assert Event.objects.latest("pk").source == "api"


def test_all_mistakes_are_told_at_once_where_they_stand(alice: Program) -> None:
    wrong = {"country": "Portugal", "employees": "many", "owner": "me", "nonsense": 1, "founded_year": 99}
    answer = alice.post("organisations", wrong)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    pointers = {mistake["pointer"] for mistake in answer.json()["errors"]}
    assert pointers == {"/country", "/employees", "/owner", "/nonsense", "/founded_year", "/name"}
    assert not Organisation.objects.exists()


def test_problems_are_told_in_the_language_asked_for(alice: Program) -> None:
    in_french = alice.post("organisations", {}, Accept_Language="fr")
    assert "nécessaire" in in_french.json()["detail"]
    assert "needed" in alice.post("organisations", {}).json()["detail"]


def test_verbs_are_done_with_arguments_and_refused_in_words(cast: Cast, alice: Program) -> None:
    with acting_as(SYSTEM):
        deal = Opportunity.create(name="Pumps", organisation=make(cast), amount=Decimal(9), owner=cast.alice)
    assert alice.post(f"opportunities/{deal.pk}/lose", {}).json()["errors"][0]["pointer"] == "/reason"
    lost = alice.post(f"opportunities/{deal.pk}/lose", {"reason": "Price"})
    assert lost.json()["record"]["status"] == "lost"
    assert alice.post(f"opportunities/{deal.pk}/reopen").json()["record"]["status"] == "open"
    assert alice.post(f"opportunities/{deal.pk}/change-line", {"nonsense": 1}).status_code == 422
    assert alice.post(f"opportunities/{deal.pk}/nonsense").status_code == 404


def test_what_verbs_make_is_named(cast: Cast, alice: Program) -> None:
    lead = alice.post("leads", {"last_name": "Muster", "organisation_name": "Muster AG"}).json()
    answer = alice.post(f"leads/{lead['id']}/convert", {"opportunity_name": "First order"})
    assert {made["type"] for made in answer.json()["made"]} == {"organisation", "person", "opportunity"}
    assert alice.post(f"leads/{lead['id']}/convert").status_code == 409


def test_what_one_may_not_see_is_not_there(cast: Cast) -> None:
    seen_by("organisation", Scope.TEAM)
    acme = make(cast)
    charlie = Program(cast.charlie)
    unknown = charlie.get("organisations/00000000-0000-7000-8000-000000000000")
    for answer in (charlie.get(f"organisations/{acme.pk}"), charlie.patch(f"organisations/{acme.pk}", {"name": "X"})):
        assert (answer.status_code, answer.json()) == (404, unknown.json())
    assert charlie.delete(f"organisations/{acme.pk}").status_code == 404
    assert charlie.get("organisations").json()["items"] == []


def test_links_to_what_one_may_not_see_are_empty(cast: Cast) -> None:
    seen_by("organisation", Scope.TEAM)
    with acting_as(SYSTEM):
        zoe = Person.create(last_name="Laurent", organisation=make(cast))
    assert Program(cast.alice).get(f"people/{zoe.pk}").json()["organisation"] is not None
    assert Program(cast.charlie).get(f"people/{zoe.pk}").json()["organisation"] is None


def test_roles_hold(cast: Cast) -> None:
    assert Program(cast.alice).post("products", {"name": "Pump"}).status_code == 403
    assert Program(cast.bob).post("products", {"name": "Pump"}).status_code == 201


@pytest.mark.parametrize("path", ["users", "teams"])
def test_accounts_are_not_made_with_tokens(dora: Program, path: str) -> None:
    assert dora.post(path, {"name": "Mallory"}).status_code == 403
    user = dora.get(path).json()["items"][0]
    assert dora.patch(f"{path}/{user['id']}", {"name": "Mallory"}).status_code == 403


def test_scopes_narrow_a_token(cast: Cast) -> None:
    make(cast)
    reading = Program(cast.dora, "*.read")
    assert len(reading.get("organisations").json()["items"]) == 1
    assert reading.post("organisations", {"name": "Beta"}).status_code == 403
    leads_only = Program(cast.dora, "lead.*")
    assert leads_only.get("organisations").status_code == 403
    assert leads_only.post("leads", {"last_name": "Muster"}).status_code == 201


def test_without_a_valid_token_nothing_is_told(cast: Cast, alice: Program) -> None:
    alice.client.force_login(cast.dora)
    for header in ("", "Bearer", "Bearer rapport_nonsense", "Basic YTpi", f"Token {alice.token.key}"):
        answer = alice.get("organisations", Authorization=header)
        assert (answer.status_code, answer.headers["WWW-Authenticate"][:6]) == (401, "Bearer")


def test_a_revoked_token_is_refused_at_the_next_request(cast: Cast, alice: Program) -> None:
    assert alice.get("me").status_code == 200
    with cast.acting(cast.alice):
        alice.token.revoke()
    assert alice.get("me").status_code == 401


def test_no_address_and_no_method_fall_through(alice: Program) -> None:
    assert alice.get("nonsense").json()["status"] == 404
    assert alice.get("organisations/nonsense/at/all").json()["status"] == 404
    refused = alice.delete("organisations")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD, POST")


def test_a_merged_record_tells_where_it_went(cast: Cast, alice: Program) -> None:
    acme, twin = make(cast), make(cast, "Acme SA", country="FR")
    done = alice.post(f"organisations/{twin.pk}/merge-into", {"other": str(acme.pk), "take": "name"})
    assert [one["id"] for one in done.json()["made"]] == [str(acme.pk)]
    moved = alice.get(f"organisations/{twin.pk}")
    assert (moved.status_code, moved.json()["merged_into"]) == (301, str(acme.pk))
    there = alice.client.get(moved.headers["Location"]).json()
    assert (there["name"], there["country"]) == ("Acme SA", "FR")
    told = [item["verb"] for item in alice.get(f"organisations/{acme.pk}/history").json()["items"]]
    assert told == ["organisation.merge_into", "organisation.merge_into", "organisation.create", "organisation.create"]


def test_a_verb_that_makes_a_record_takes_the_facts_of_that_record_and_links_it_itself(dora: Program) -> None:
    pipeline = f"pipelines/{dora.get('pipelines').json()['items'][0]['id']}"
    stage = {"name": "Pilot", "position": 3, "code": "P"}
    assert dora.post(f"{pipeline}/add-stage", stage).status_code == 200
    assert dora.post(f"{pipeline}/add-stage", {"name": "Next", "position": 62_469}).status_code == 422
    for wrong in ({"is_default": True}, {"pipeline": pipeline.partition("/")[2]}):
        assert dora.post(f"{pipeline}/add-stage", {"name": "Other", **wrong}).status_code == 422


def test_the_pages_of_a_history_tell_all_that_one_event_did(alice: Program, cast: Cast) -> None:
    into = alice.post("organisations", {"name": "Acme"}).json()["id"]
    gone = alice.post("organisations", {"name": "Acme Ltd", "country": "PT"}).json()["id"]
    with cast.acting(cast.alice):
        Organisation.objects.get(pk=gone).merge_into(Organisation.objects.get(pk=into))
    whole = alice.get(f"organisations/{into}/history").json()
    by_event = Counter(item["event"] for item in whole["items"])
    assert max(by_event.values()) > 1
    page = alice.get(f"organisations/{into}/history", {"limit": 1}).json()
    told = page["items"]
    while page["next"]:
        page = alice.get(f"organisations/{into}/history", {"limit": 1, "before": page["next"]}).json()
        told += page["items"]
    assert (told, whole["next"]) == (whole["items"], None)
