"""The Python client: typed, up to date with the API, and what a program does with it."""

import time
from collections.abc import Iterator

import httpx
import pytest
from django.core.handlers.wsgi import WSGIHandler

from rapport.activities.models import File
from rapport.directory.models import Organisation
from rapport.integrations.webhooks.signing import signature_of
from rapport_client import Problem, Rapport
from rapport_client.connection import Connection
from rapport_client.webhooks import NotGenuine, verified
from tests.api.conftest import Program
from tests.api.fuzzing import one_connection
from tests.cast import Cast
from toolchain.client import FOLDER, modules

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


@pytest.fixture
def rapport(cast: Cast) -> Iterator[Rapport]:
    """Alice's program; its requests go straight to the application."""
    key = Program(cast.alice).token.key
    with one_connection(), Rapport("http://localhost", key, transport=httpx.WSGITransport(WSGIHandler())) as found:
        yield found


def test_the_committed_client_is_the_one_that_is_made_now() -> None:
    """When this fails: `.venv/bin/python -m toolchain.client`."""
    made = modules()
    known = {f"collections/{path.name}" for path in (FOLDER / "collections").glob("*.py")} | {"__init__.py"}
    assert known == set(made)
    assert not [name for name, text in made.items() if (FOLDER / name).read_text() != text]


def test_a_program_keeps_records(rapport: Rapport) -> None:
    acme = rapport.organisations.create({"name": "Acme", "country": "PT"})
    assert (acme.name, acme.country) == ("Acme", "PT")
    found = rapport.organisations.read_version(acme.id)
    assert rapport.organisations.change(acme.id, {"employees": 7}, etag=found.etag).employees == 7
    with pytest.raises(Problem) as refused:
        rapport.organisations.change(acme.id, {"employees": 8}, etag=found.etag)
    assert refused.value.status == 412
    rows = rapport.organisations.write_many([{"name": f"Company {number}"} for number in range(5)])
    assert [row["status"] for row in rows] == [201] * 5
    names = [one.name for one in rapport.organisations.each(sort="title", limit=2)]
    assert names == ["Acme", *(f"Company {number}" for number in range(5))]
    assert rapport.organisations.page(filter=["employees:is:7"], count=True).count == 1
    rapport.organisations.delete(acme.id)
    assert rapport.search("Acme") == []


def test_a_program_does_verbs_and_takes_them_back(rapport: Rapport) -> None:
    lead = rapport.leads.create({"last_name": "Muster", "organisation_name": "Muster AG"})
    outcome = rapport.leads.convert(lead.id, {"opportunity_name": "First order"})
    assert {made["type"] for made in outcome.made} == {"organisation", "person", "opportunity"}
    assert outcome.event is not None
    assert rapport.undo(outcome.event) == []
    assert rapport.leads.read(lead.id).status != "converted"
    assert next(change["verb"] for change in rapport.leads.history(lead.id)) == "lead.convert"


def test_a_program_keeps_documents(rapport: Rapport, settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    acme = rapport.organisations.create({"name": "Acme"})
    key = rapport.attach("terms.txt", b"The terms.", about=[{"type": "organisation", "id": acme.id}], text="Signed")
    assert rapport.download(key) == b"The terms."
    assert rapport.files.read(key).title == "terms.txt"
    assert next(item["kind"] for item in rapport.organisations.timeline(acme.id)) == "file"


def test_a_lost_answer_is_asked_for_again_without_a_second_effect(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    application = httpx.WSGITransport(WSGIHandler())
    asked: list[httpx.Request] = []

    class Unreliable(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            asked.append(request)
            response = application.handle_request(request)
            if len(asked) == 1:
                raise httpx.ReadError("lost")
            return httpx.Response(503, headers={"Retry-After": "1"}) if len(asked) == 2 else response

    with one_connection():
        connection = Connection("http://localhost", Program(cast.alice).token.key, transport=Unreliable())
        assert connection.ask("POST", "organisations", body={"name": "Acme"}).json()["name"] == "Acme"
        assert (len(asked), Organisation.objects.count()) == (3, 1)
        asked.clear()
        sent = connection.send_file("files", name="terms.txt", content=b"The terms.", form={"text": "Signed"})
    assert (sent.status_code, len(asked), File.objects.count()) == (201, 3, 1)


@pytest.mark.parametrize(("told", "seconds"), [("7", 7), ("900", 60), ("Mon, 23 Nov 2026 15:00:00 GMT", 1), ("", 1)])
def test_it_waits_as_long_as_it_is_told_and_a_minute_at_most(
    told: str, seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    answers = iter([httpx.Response(429, headers={"Retry-After": told} if told else {}), httpx.Response(200, json={})])
    connection = Connection("http://localhost", "key", transport=httpx.MockTransport(lambda _request: next(answers)))
    assert connection.ask("GET", "organisations").json() == {}
    assert waited == [seconds]


def test_a_delivery_is_verified() -> None:
    body, secret, now = b'{"type": "lead.create"}', "whsec_x", int(time.time())
    signature = signature_of(body, secret=secret, at=now)
    assert verified(body, signature, secret) == {"type": "lead.create"}
    for wrong in (
        "",
        "t=1,v1=x",
        "t=²,v1=x",
        f"t={now},v1=é",
        signature_of(body, secret="other", at=now),
        signature_of(body, secret=secret, at=now - 999),
    ):
        with pytest.raises(NotGenuine):
            verified(body, wrong, secret)
