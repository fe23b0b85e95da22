"""The page of a record."""

from typing import Any

import pytest
from django.test import Client

from rapport.directory.models import Organisation
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def acme(cast: Cast) -> Organisation:
    with cast.acting(cast.alice):
        return Organisation.create(name="Acme", industry="Steel", website="https://acme.example", owner=cast.alice)


def test_a_page_shows_the_facts(
    client: Client, cast: Cast, acme: Organisation, django_assert_max_num_queries: Any
) -> None:
    client.force_login(cast.alice)
    client.get(f"/organisations/{acme.pk}/")
    with django_assert_max_num_queries(12) as ran:
        page = client.get(f"/organisations/{acme.pk}/")
    for query in ran.captured_queries:
        print(query["sql"][:150])
    assert page.status_code == 200
    assert "Steel" in page.content.decode()
