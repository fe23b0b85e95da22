"""Lists over the API: filters, order, pages that miss nothing, fields, counts; hidden fields tell nothing."""

import threading

import pytest
from django.db import connection

from rapport.core.actors import SYSTEM, acting_as
from rapport.directory.models import Organisation
from tests.api.conftest import Program
from tests.cast import Cast, make_cast
from tests.rights.rules import hide

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


def make(*names: str, **facts: object) -> list[Organisation]:
    with acting_as(SYSTEM):
        return [Organisation.create(name=name, **facts) for name in names]


def names(answer: object) -> list[str]:
    return [item["name"] for item in answer.json()["items"]]  # type: ignore[attr-defined]


def test_filters_order_and_fields(alice: Program) -> None:
    make("Acme", "Beta", country="PT")
    make("Gamma", country="FR")
    found = alice.get("organisations", {"filter": "country:is:PT", "sort": "-title", "fields": "name,country"})
    assert found.json()["items"][0] == {**found.json()["items"][0], "name": "Beta", "country": "PT"}
    assert set(found.json()["items"][0]) == {"id", "name", "country"}
    either = alice.get("organisations", {"filter": ["name:is:Acme", "country:is:FR"], "match": "any", "sort": "title"})
    assert names(either) == ["Acme", "Gamma"]
    assert names(alice.get("organisations", {"q": "bet"})) == ["Beta"]
    assert alice.get("organisations", {"include": "count"}).json()["count"] == {"value": 3, "is_exact": True}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"filter": "nonsense:is:1"}, "filter"),
        ({"filter": "country:nonsense:1"}, "filter"),
        ({"filter": "employees:least:many"}, "filter"),
        ({"sort": "nonsense"}, "sort"),
        ({"sort": "emails"}, "sort"),
        ({"fields": "name,nonsense"}, "fields"),
        ({"fields": "name,,"}, "fields"),
        ({"limit": "0"}, "limit"),
        ({"limit": "201"}, "limit"),
        ({"limit": "1e2"}, "limit"),
        ({"cursor": "nonsense"}, "cursor"),
        ({"include": "everything"}, "include"),
        ({"match": "some"}, "match"),
        ({"nonsense": "1"}, "nonsense"),
        ({"q": "a\x00b"}, "q"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_named(alice: Program, query: dict[str, str], parameter: str) -> None:
    answer = alice.get("organisations", query)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == parameter


def test_a_hidden_field_is_answered_like_one_that_does_not_exist(cast: Cast) -> None:
    make("Acme", employees=7)
    hide("organisation.employees")
    alice = Program(cast.alice)
    shown = alice.get("organisations").json()["items"][0]
    assert "employees" not in shown
    assert "employees" not in alice.get(f"organisations/{shown['id']}/history").content.decode()
    for query in ({"filter": "%s:least:1"}, {"sort": "%s"}, {"fields": "%s"}):
        told = [alice.get("organisations", {name: text % field for name, text in query.items()}) for field in _BOTH]
        assert {answer.status_code for answer in told} == {422}
        assert told[0].content == told[1].content.replace(_BOTH[1].encode(), _BOTH[0].encode())
    written = [alice.post("organisations", {"name": "B", field: 1}).content for field in _BOTH]
    assert written[0] == written[1].replace(_BOTH[1].encode(), _BOTH[0].encode())
    schemas = alice.get("openapi.json").json()["components"]["schemas"]
    assert "employees" not in schemas["Organisation"]["properties"]
    assert "employees" in schemas["Lead"]["properties"]


_BOTH = ("employees", "nonsense")


@pytest.mark.django_db(transaction=True)
def test_pages_miss_nothing_while_others_write() -> None:
    """Every record that was there before is listed exactly once, whatever is made and deleted meanwhile."""
    alice = Program(make_cast().alice)
    before = {str(made.pk) for made in make(*(f"Company {number:03}" for number in range(60)))}
    writer = threading.Thread(target=_write_meanwhile)
    writer.start()
    seen: list[str] = []
    cursor = {}
    for _page in range(100):
        page = alice.get("organisations", {"sort": "title", "limit": "7", **cursor})
        seen += [item["id"] for item in page.json()["items"]]
        if page.json()["next"] is None:
            assert "Link" not in page.headers
            break
        cursor = {"cursor": page.json()["next"]}
        assert page.json()["next"] in page.headers["Link"]
    writer.join()
    assert before <= set(seen)
    assert len(seen) == len(set(seen))


def _write_meanwhile() -> None:
    try:
        with acting_as(SYSTEM):
            for number in range(40):
                made = Organisation.create(name=f"Company {number:03} b")
                if number % 2:
                    made.remove()
    finally:
        connection.close()
