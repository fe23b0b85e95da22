"""API tokens in the settings: made, shown once, revoked; everybody's own, and all for administrators."""

import re

import pytest
from django.test import Client

from rapport.core.events import Change
from rapport.identity.models import ApiToken
from rapport.identity.tokens import token_of
from tests.cast import PASSWORD, Cast
from tests.clients import signed_in
from tests.web.signon.conftest import log_in

pytestmark = pytest.mark.django_db

ANSWERS = {"name": "Reports", "access": "read", "types": ["lead", "order"], "days": "30"}


def test_a_key_is_shown_once_and_kept_nowhere(client: Client, cast: Cast) -> None:
    log_in(client, cast.alice)
    page = client.post("/settings/tokens/", ANSWERS).content.decode()
    shown = re.search(r'id="token-key">(rapport_[\w-]+)<', page)
    assert shown
    token = token_of(shown[1])
    assert token
    assert token.scopes == ["lead.read", "order.read"]
    again = client.get("/settings/tokens/").content.decode()
    assert shown[1] not in again
    assert "read Leads, read Orders" in again
    assert shown[1][20:] not in str(list(ApiToken.objects.values())) + str(list(Change.objects.values()))


def test_a_revoked_token_opens_nothing(cast: Cast) -> None:
    with cast.acting(cast.alice):
        token = ApiToken.issue(name="Reports")
    assert signed_in(cast.charlie).post(f"/settings/tokens/{token.pk}/revoke/").status_code == 404
    signed_in(cast.alice).post(f"/settings/tokens/{token.pk}/revoke/")
    assert token_of(token.key) is None
    assert "revoked" in signed_in(cast.alice).get("/settings/tokens/").content.decode()


def test_administrators_see_and_revoke_everybodys(cast: Cast) -> None:
    with cast.acting(cast.alice):
        token = ApiToken.issue(name="Reports of Alice")
    assert "Reports of Alice" in signed_in(cast.dora).get("/settings/tokens/").content.decode()
    assert "Reports of Alice" not in signed_in(cast.charlie).get("/settings/tokens/").content.decode()
    signed_in(cast.dora).post(f"/settings/tokens/{token.pk}/revoke/")
    assert token_of(token.key) is None


def test_g6_who_logged_in_long_ago_confirms_who_they_are_and_then_gets_the_key(cast: Cast) -> None:
    client = signed_in(cast.alice)
    asked = client.post("/settings/tokens/", ANSWERS)
    assert asked.headers["Location"].startswith("/login/confirm/")
    assert not ApiToken.objects.exists()
    page = client.post(asked.headers["Location"], {"password": PASSWORD}).content.decode()
    assert re.search(r'id="token-key">(rapport_[\w-]+)<', page)
    assert ApiToken.objects.get().user_id == cast.alice.pk


def test_wrong_answers_are_explained(client: Client, cast: Cast) -> None:
    log_in(client, cast.alice)
    response = client.post("/settings/tokens/", {"name": "", "access": "everything"})
    assert response.status_code == 422
    assert not ApiToken.objects.exists()
