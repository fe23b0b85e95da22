"""Administrators ask a second factor of a role: with some days' grace, then before anything else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import today
from rapport.core.events import Event
from rapport.identity.models import SecondFactorRule, User
from tests.cast import Cast
from tests.web.signon.conftest import log_in

pytestmark = pytest.mark.django_db


def asked_of_sellers(*, in_days: int) -> None:
    with acting_as(SYSTEM):
        SecondFactorRule.create(role="seller", since=today() + timedelta(days=in_days))


def test_before_the_day_people_are_reminded_and_go_on(client: Client, cast: Cast) -> None:
    asked_of_sellers(in_days=7)
    assert log_in(client, cast.alice).headers["Location"] == "/settings/sign-in/"
    assert "Your role needs a passkey" in client.get("/settings/sign-in/").content.decode()
    assert client.get("/keys/").status_code == 200


def test_from_the_day_on_nothing_else_can_be_done_first(client: Client, cast: Cast) -> None:
    asked_of_sellers(in_days=0)
    log_in(client, cast.alice)
    assert client.get("/people/").headers["Location"] == "/settings/sign-in/"
    assert client.get("/people/", headers={"hx-request": "true"}).headers["HX-Redirect"] == "/settings/sign-in/"
    assert client.get("/settings/sign-in/app/").status_code == 200
    assert client.post("/logout/").status_code == 302


def test_who_set_one_up_goes_on(client: Client, cast: Cast, app_of: Callable[[User], str]) -> None:
    asked_of_sellers(in_days=0)
    log_in(client, cast.alice)
    app_of(cast.alice)
    with acting_as(SYSTEM):
        cast.alice.refresh_from_db()
    client.post("/logout/")
    assert log_in(client, cast.alice).headers["Location"] == "/login/second-step/"


def test_taking_the_last_one_away_leads_back(client: Client, cast: Cast, app_of: Callable[[User], str]) -> None:
    log_in(client, cast.alice)
    app_of(cast.alice)
    asked_of_sellers(in_days=0)
    client.post("/settings/sign-in/app/remove/")
    assert not Authenticator.objects.exists()
    assert client.get("/people/").headers["Location"] == "/settings/sign-in/"


def test_other_roles_are_left_in_peace(client: Client, cast: Cast) -> None:
    asked_of_sellers(in_days=0)
    assert log_in(client, cast.bob).headers["Location"] == "/"


def test_an_administrator_sets_changes_and_removes_the_rule(client: Client, cast: Cast) -> None:
    log_in(client, cast.dora)
    for day in ("2027-01-01", "2027-02-01"):
        client.post("/settings/signing-in/second-factor/", {"role": "manager", "since": day})
    rule = SecondFactorRule.objects.get()
    assert str(rule.since) == "2027-02-01"
    client.post(f"/settings/signing-in/second-factor/{rule.pk}/remove/")
    assert not SecondFactorRule.objects.exists()
    assert Event.objects.filter(verb__startswith="secondfactorrule.", actor_id=cast.dora.pk).count() == 3
