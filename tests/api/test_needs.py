"""The needs that the API answers, from end to end."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from rapport_client.webhooks import verified
from tests.api.conftest import Program
from tests.cast import Cast
from tests.integrations.listener import Listener, listening
from tests.jobs import do_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


@pytest.fixture
def listener(settings: Settings) -> Iterator[Listener]:
    settings.ALLOWED_PRIVATE_ADDRESSES = ["127.0.0.0/8"]
    with listening() as found:
        yield found


def test_x5_other_programs_take_part(cast: Cast, dora: Program, alice: Program, listener: Listener) -> None:
    """One program asks to be told; another makes a record; the first one hears of it, signed, and again on demand."""
    asked = {"name": "ERP", "url": listener.url, "events": ["organisation.*"]}
    made = dora.post("webhooks", asked)
    address, secret = f"webhooks/{made.json()['id']}", made.json()["secret"]
    assert "secret" not in dora.get(address).json()
    assert alice.get("webhooks").status_code == 403
    organisation = alice.post("organisations", {"name": "Acme"}).json()
    do_jobs()
    headers, body = listener.heard[0]
    assert verified(body, headers["Rapport-Signature"], secret)["record"]["id"] == organisation["id"]
    sent = dora.get(f"{address}/deliveries").json()["items"]
    assert [(one["state"], one["status"], one["type"]) for one in sent] == [("delivered", 200, "organisation.create")]
    assert dora.post(f"{address}/deliveries/{sent[0]['id']}/replay").json()["state"] == "waiting"
    do_jobs()
    assert listener.heard[1][1] == body
    assert dora.post(f"{address}/replay-since", {"since": "2020-01-01T00:00:00Z"}).status_code == 200
    do_jobs()
    assert [headers["Rapport-Delivery"] for headers, _body in listener.heard] == [sent[0]["id"]] * 3
