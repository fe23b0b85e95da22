"""Webhooks in the settings: set up, secret shown once, deliveries seen and sent again."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from rapport.directory.models import Organisation
from rapport.integrations.models import Delivery, Webhook
from tests.cast import Cast
from tests.clients import signed_in
from tests.integrations.listener import Listener, listening
from tests.jobs import do_jobs
from tests.web.signon.conftest import log_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def listener(settings: Settings) -> Iterator[Listener]:
    settings.ALLOWED_PRIVATE_ADDRESSES = ["127.0.0.0/8"]
    with listening() as found:
        yield found


def test_a_webhook_is_set_up_tried_and_looked_at(client: Client, cast: Cast, listener: Listener) -> None:
    log_in(client, cast.dora)
    answers = {"name": "ERP", "url": listener.url, "events": "organisation.*, lead.*"}
    page = client.post("/settings/webhooks/", answers).content.decode()
    shown = re.search(r'id="webhook-secret">(whsec_[\w-]+)<', page)
    assert shown
    webhook = Webhook.objects.get()
    assert webhook.events == ["organisation.*", "lead.*"]
    assert shown[1] not in client.get("/settings/webhooks/").content.decode()
    address = f"/settings/webhooks/{webhook.pk}/"
    assert "Nothing was sent yet" in client.get(address).content.decode()
    client.post(f"{address}test/")
    with cast.acting(cast.alice):
        Organisation.create(name="Acme")
    do_jobs()
    page = client.get(address).content.decode()
    assert "organisation.create" in page
    assert "thanks" in page
    client.post(f"{address}deliveries/{Delivery.objects.latest('pk').pk}/")
    do_jobs()
    assert len(listener.heard) == 3
    assert shown[1] not in client.post(address).content.decode()
    client.post(f"{address}pause/")
    assert "paused" in client.get("/settings/webhooks/").content.decode()
    assert client.post(f"{address}nonsense/").status_code == 404
    client.post(f"{address}remove/")
    assert not Webhook.objects.exists()


def test_wrong_answers_are_explained_where_they_stand(client: Client, cast: Cast) -> None:
    log_in(client, cast.dora)
    for answers in (
        {"name": "ERP", "url": "http://10.0.0.1/", "events": "*"},
        {"name": "ERP", "url": "nonsense", "events": "*"},
        {"name": "ERP", "url": "https://10.0.0.1/", "events": "organisation.*;"},
        {"name": "ERP", "url": "https://192.88.99.9/", "events": "everything"},
    ):
        assert client.post("/settings/webhooks/", answers).status_code == 422
    assert not Webhook.objects.exists()


def test_only_administrators_set_them_up(cast: Cast) -> None:
    assert signed_in(cast.bob).get("/settings/webhooks/").status_code == 403


def test_g6_a_webhook_asks_for_a_fresh_log_in(cast: Cast) -> None:
    answers = {"name": "ERP", "url": "https://192.88.99.9/", "events": "*"}
    asked = signed_in(cast.dora).post("/settings/webhooks/", answers)
    assert asked.headers["Location"].startswith("/login/confirm/")
    assert not Webhook.objects.exists()
