"""The pages that explain the API: for people who are signed in, of what they themselves may do."""

import pytest
from django.test import Client

from rapport.api.collections import collections
from tests.cast import Cast
from tests.clients import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


def test_the_overview_leads_to_every_collection(cast: Cast) -> None:
    client = signed_in(cast.alice)
    page = client.get("/api/v1/docs/").content.decode()
    assert "Authorization: Bearer" in page
    for found in collections():
        leads_there = f'href="/api/v1/docs/{found.name}/"' in page
        assert client.get(f"/api/v1/docs/{found.name}/").status_code == (200 if leads_there else 404)
    assert "/api/v1/docs/organisations/" in page
    assert "/api/v1/docs/webhooks/" not in page


def test_only_what_one_may_do_is_explained(cast: Cast) -> None:
    of_alice = signed_in(cast.alice).get("/api/v1/docs/products/").content.decode()
    of_dora = signed_in(cast.dora).get("/api/v1/docs/products/").content.decode()
    assert "create_products" not in of_alice
    assert "create_products" in of_dora
    assert "withdraw" in of_dora


def test_strangers_are_sent_to_the_log_in(db: None) -> None:
    for path in ("/api/v1/docs/", "/api/v1/docs/organisations/", "/api/v1/docs/openapi.json"):
        assert Client().get(path).headers["Location"].startswith("/login/")


def test_the_description_can_be_downloaded(cast: Cast) -> None:
    assert signed_in(cast.alice).get("/api/v1/docs/openapi.json").json()["openapi"] == "3.1.0"
