"""Own fields over the API: made in the browser, they are there at once, in the description too."""

import pytest

from rapport.core.actors import SYSTEM, acting_as
from tests.api.conftest import Program
from tests.own_fields.making import own

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


def test_own_fields_are_written_read_filtered_and_described(alice: Program) -> None:
    with acting_as(SYSTEM):
        keys = {kind: own(kind).key for kind in ("text", "number", "date", "choice", "several", "boolean")}
    values = {"text": "Blue", "number": "12.50", "date": "2026-03-31", "boolean": True}
    given = {keys[kind]: value for kind, value in values.items()}
    made = alice.post("organisations", {"name": "Acme", **given})
    assert made.status_code == 201, made.json()
    assert {name: made.json()[name] for name in given} == {**given, keys["number"]: "12.5"}
    found = alice.get("organisations", {"filter": f"{keys['number']}:least:12", "sort": keys["text"]})
    assert [item["id"] for item in found.json()["items"]] == [made.json()["id"]]
    assert alice.get("organisations", {"filter": f"{keys['text']}:is:Red"}).json()["items"] == []
    changed = alice.patch(f"organisations/{made.json()['id']}", {keys["text"]: None})
    assert changed.json()[keys["text"]] is None
    described = alice.get("openapi.json").json()["components"]["schemas"]["Organisation"]["properties"]
    assert set(keys.values()) <= set(described)
    assert alice.get(f"organisations/{made.json()['id']}/history").json()["items"][0]["before"] == {
        keys["text"]: "Blue"
    }
    whole = alice.patch(f"organisations/{made.json()['id']}", {keys["number"]: "1200"})
    assert whole.json()[keys["number"]] == "1200"


def test_wrong_values_of_own_fields_are_told(alice: Program) -> None:
    with acting_as(SYSTEM):
        number, choice = own("number").key, own("choice").key
    answer = alice.post("organisations", {"name": "Acme", number: "many", choice: "Platinum"})
    assert {mistake["pointer"] for mistake in answer.json()["errors"]} == {f"/{number}", f"/{choice}"}
