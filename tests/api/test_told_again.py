"""A repeated request gets the same answer, but for what the caller may see no longer (docs/how-to/use-the-api.md)."""

from typing import Any

import orjson
import pytest

from rapport.api.models import KeptAnswer
from rapport.core.actors import SYSTEM, Actor, acting_as
from rapport.core.records import RECORD_TYPES, Record
from rapport.directory.models import Organisation
from rapport.identity.models import Scope
from rapport.identity.roles import Role
from rapport.integrations.models import Webhook
from rapport.leads.models import Lead
from rapport.pipeline.models import Opportunity
from tests.api.conftest import Program
from tests.cast import Cast, seen_by
from tests.own_fields.deriving import worked_off
from tests.own_fields.making import own
from tests.rights.rules import hide

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]

DEAL = {"name": "Nightfall", "amount": "7316529.00", "currency": "EUR"}


def give_away(cast: Cast, model: type[Record], key: str) -> None:
    with acting_as(SYSTEM):
        model.objects.get(pk=key).change(owner=cast.charlie)


def told(answer: Any) -> str:
    return str(answer.content.decode()) + str(dict(answer.headers))


def test_a_field_hidden_since_is_left_out(alice: Program) -> None:
    first = alice.post("opportunities", DEAL, Idempotency_Key="a")
    hide("opportunity.amount")
    again = alice.post("opportunities", DEAL, Idempotency_Key="a")
    assert "7316529" in told(first)
    assert "7316529" not in told(again)
    assert again.status_code == 201
    assert again.json().items() <= first.json().items()
    assert again.json()["name"] == "Nightfall"
    for name in ("Location", "Rapport-Event"):
        assert again.headers[name] == first.headers[name]
    assert again.headers["Idempotent-Replayed"] == "true"


def test_a_record_given_away_since_is_told_by_type_and_id(alice: Program, cast: Cast) -> None:
    first = alice.post("opportunities", DEAL, Idempotency_Key="a")
    give_away(cast, Opportunity, first.json()["id"])
    again = alice.post("opportunities", DEAL, Idempotency_Key="a")
    assert (again.status_code, again.json()) == (201, {"id": first.json()["id"], "type": "opportunity"})
    assert "ETag" not in again.headers
    assert Opportunity.objects.count() == 1


def test_a_type_that_the_role_reads_no_more_is_told_by_type_and_id(dora: Program, cast: Cast) -> None:
    asked = {"name": "ERP", "url": "https://192.88.99.9/hook", "events": ["*"]}
    first = dora.post("webhooks", asked, Idempotency_Key="a").json()
    dora.post(f"webhooks/{first['id']}/send-test", Idempotency_Key="b")
    sent = dora.get(f"webhooks/{first['id']}/deliveries").json()["items"][0]
    replay = f"webhooks/{first['id']}/deliveries/{sent['id']}/replay"
    dora.post(replay, Idempotency_Key="c")
    with acting_as(SYSTEM):
        cast.bob.change(role=Role.ADMINISTRATOR)
        cast.dora.change(role=Role.MANAGER)
    assert dora.get("webhooks").status_code == 403
    assert dora.post("webhooks", asked, Idempotency_Key="a").json() == {"id": first["id"], "type": "webhook"}
    again = dora.post(replay, Idempotency_Key="c")
    assert (again.status_code, again.json()) == (200, {name: sent[name] for name in ("id", "event", "type")})


def test_a_link_to_what_is_hidden_by_now_is_null(alice: Program, cast: Cast) -> None:
    acme = alice.post("organisations", {"name": "Acme"}).json()["id"]
    body = {**DEAL, "organisation": acme}
    first = alice.post("opportunities", body, Idempotency_Key="a")
    seen_by("organisation", Scope.OWNER)
    with acting_as(SYSTEM):
        Organisation.objects.get(pk=acme).change(owner=cast.charlie)
    again = alice.post("opportunities", body, Idempotency_Key="a")
    assert (first.json()["organisation"], again.json()["organisation"]) == (acme, None)
    assert acme not in told(again)


def test_what_a_verb_made_is_not_named_to_whom_it_is_hidden_from(alice: Program, cast: Cast) -> None:
    asked = {"first_name": "Zoe", "last_name": "Zimmer", "organisation_name": "Acme"}
    lead = alice.post("leads", asked).json()["id"]
    first = alice.post(f"leads/{lead}/convert", {}, Idempotency_Key="a")
    made = {one["type"]: one for one in first.json()["made"]}
    assert (made["organisation"]["title"], made["person"]["title"]) == ("Acme", "Zoe Zimmer")
    assert alice.post(f"leads/{lead}/convert", {}, Idempotency_Key="a").content == first.content
    for record_type in ("organisation", "person"):
        seen_by(record_type, Scope.OWNER)
    for record_type, one in made.items():
        give_away(cast, RECORD_TYPES[record_type], one["id"])
    give_away(cast, Lead, lead)
    again = alice.post(f"leads/{lead}/convert", {}, Idempotency_Key="a")
    assert "Acme" not in told(again)
    assert "Zimmer" not in told(again)
    assert again.json() == {"record": None, "made": [{**one, "title": ""} for one in first.json()["made"]]}


def test_rows_of_many_are_told_as_far_as_they_are_seen(alice: Program, cast: Cast) -> None:
    key = alice.post("opportunities", DEAL).json()["id"]
    rows = [
        {"name": "Dawn"},
        {"id": key, "amount": "many"},
        {"id": key, "probability": "1"},
        {"name": "Noon", "amount": "x"},
    ]
    first = alice.post("opportunities/bulk", {"rows": rows}, Idempotency_Key="a").json()
    made = first["rows"][0]["id"]
    assert [row["status"] for row in first["rows"]] == [201, 422, 422, 422]
    give_away(cast, Opportunity, key)
    again = alice.post("opportunities/bulk", {"rows": rows}, Idempotency_Key="a").json()
    assert again["rows"][0] == first["rows"][0]
    assert again["rows"][3] == first["rows"][3]
    assert [row["problem"].keys() for row in again["rows"][1:3]] == [{"type", "title", "status"}] * 2
    give_away(cast, Opportunity, made)
    hide("opportunity.amount")
    last = alice.post("opportunities/bulk", {"rows": rows}, Idempotency_Key="a").json()
    assert last["rows"][0] == {"status": 201, "id": made}
    assert last["rows"][3]["problem"].keys() == {"type", "title", "status"}
    assert (last["created"], last["failed"]) == (1, 3)


def test_what_others_change_meanwhile_does_not_change_the_answer(alice: Program, dora: Program) -> None:
    first = alice.post("opportunities", DEAL, Idempotency_Key="a")
    address = f"opportunities/{first.json()['id']}"
    changed = alice.patch(address, {"next_step": "Call"}, Idempotency_Key="b")
    dora.patch(address, {"amount": "1.00", "next_step": "Wait"})
    assert alice.post("opportunities", DEAL, Idempotency_Key="a").content == first.content
    again = alice.patch(address, {"next_step": "Call"}, Idempotency_Key="b")
    assert (again.content, again.headers["ETag"]) == (changed.content, changed.headers["ETag"])
    gone = [alice.delete(address, Idempotency_Key="c") for _time in range(2)]
    assert [(one.status_code, one.content) for one in gone] == [(204, b"")] * 2


def test_undo_tells_again_of_no_field_hidden_since(alice: Program, dora: Program) -> None:
    address = f"opportunities/{alice.post('opportunities', DEAL).json()['id']}"
    event = alice.patch(address, {"amount": "2.00"}).headers["Rapport-Event"]
    dora.patch(address, {"amount": "3.00"})
    first = alice.post(f"events/{event}/undo", Idempotency_Key="a")
    assert [(one["field"], one["title"]) for one in first.json()["conflicts"]] == [("amount", DEAL["name"])]
    assert alice.post(f"events/{event}/undo", Idempotency_Key="a").content == first.content
    hide("opportunity.amount")
    assert alice.post(f"events/{event}/undo", Idempotency_Key="a").json() == {**first.json(), "conflicts": []}


def test_undo_names_no_record_that_was_given_away_since(alice: Program, dora: Program, cast: Cast) -> None:
    key = alice.post("opportunities", DEAL).json()["id"]
    event = alice.patch(f"opportunities/{key}", {"amount": "2.00"}).headers["Rapport-Event"]
    dora.patch(f"opportunities/{key}", {"amount": "3.00"})
    alice.post(f"events/{event}/undo", Idempotency_Key="a")
    give_away(cast, Opportunity, key)
    again = alice.post(f"events/{event}/undo", Idempotency_Key="a").json()
    assert [(one["id"], one["title"]) for one in again["conflicts"]] == [(key, "")]


def test_a_secret_is_in_the_first_answer_and_kept_nowhere(dora: Program) -> None:
    asked = {"name": "ERP", "url": "https://192.88.99.9/hook", "events": ["*"]}
    first = dora.post("webhooks", asked, Idempotency_Key="a")
    secret = first.json()["secret"]
    renewed = dora.post(f"webhooks/{first.json()['id']}/renew-secret", Idempotency_Key="b")
    newer = renewed.json()["record"]["secret"]
    kept = b"".join(bytes(one.body) for one in KeptAnswer._base_manager.all()).decode()
    assert secret not in kept
    assert newer not in kept
    again = dora.post("webhooks", asked, Idempotency_Key="a")
    assert again.json() == {name: value for name, value in first.json().items() if name != "secret"}
    assert again.headers["ETag"] == first.headers["ETag"]
    assert Webhook.objects.count() == 1


def test_answers_that_were_kept_before_are_told_as_carefully(alice: Program) -> None:
    first = alice.post("opportunities", DEAL, Idempotency_Key="a")
    KeptAnswer._base_manager.update(body=orjson.dumps({**first.json(), "secret": "x", "unknown": 1}))
    assert alice.post("opportunities", DEAL, Idempotency_Key="a").json() == first.json()


def test_a_value_deleted_for_good_is_kept_in_no_answer(alice: Program, as_system: Actor) -> None:
    floor = own(label="Floor")
    worked_off()
    body = {"name": "Acme", "own_floor": "Mezzanine"}
    first = alice.post("organisations", body, Idempotency_Key="a")
    other = alice.post("organisations", {"name": "Beta"}, Idempotency_Key="b")
    assert b"Mezzanine" in KeptAnswer.objects.get(key="a").body
    with acting_as(SYSTEM):
        floor.remove()
        floor.purge()
    worked_off()
    assert not [kept for kept in KeptAnswer.objects.all() if b"Mezzanine" in bytes(kept.body)]
    again = alice.post("organisations", body, Idempotency_Key="a")
    assert (again.status_code, again.content, again.headers["Location"]) == (201, b"", first.headers["Location"])
    assert Organisation.objects.filter(name="Acme").count() == 1
    assert alice.post("organisations", {"name": "Beta"}, Idempotency_Key="b").status_code == other.status_code
