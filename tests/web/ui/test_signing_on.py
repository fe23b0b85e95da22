"""Signing on and off, the first user, and who is let in."""

import pytest
from django.test import Client
from django.urls import reverse

from rapport.identity.models import User
from tests.cast import PASSWORD, Cast

ANSWERS = {
    "name": "Dora Dupont",
    "email": "dora@acme.example",
    "password": "a long enough phrase",
    "time_zone": "Europe/Paris",
}


def test_a_stranger_is_sent_to_the_log_in_page_and_then_on(client: Client, cast: Cast) -> None:
    asked = client.get("/keys/")
    assert asked.headers["Location"] == "/login/?next=/keys/"
    answer = client.post("/login/", {"username": cast.alice.email, "password": PASSWORD, "next": "/keys/"})
    assert answer.headers["Location"] == "/keys/"
    assert client.get("/keys/").status_code == 200


def test_a_wrong_password_is_explained_without_saying_which_part_is_wrong(client: Client, cast: Cast) -> None:
    wrong = client.post("/login/", {"username": cast.alice.email, "password": "wrong"}).content.decode()
    unknown = client.post("/login/", {"username": "nobody@rapport.example", "password": "wrong"}).content.decode()
    for page in (wrong, unknown):
        assert "belong together. Check both and try again." in page


def test_somebody_deactivated_is_not_let_in(client: Client, cast: Cast) -> None:
    with cast.acting(cast.dora):
        cast.alice.deactivate()
    client.post("/login/", {"username": cast.alice.email, "password": PASSWORD})
    assert client.get("/keys/").status_code == 302


def test_a_session_begun_when_it_named_djangos_backend_goes_on(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/keys/").status_code == 200


def test_log_out_ends_the_session(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    assert client.post(reverse("log-out")).headers["Location"] == "/login/"
    assert client.get("/keys/").status_code == 302


@pytest.mark.django_db
def test_an_empty_installation_asks_for_its_first_user(client: Client) -> None:
    assert client.get("/login/").headers["Location"] == "/first-user/"
    assert "Nobody has an account here yet" in client.get("/first-user/").content.decode()
    assert client.post("/first-user/", ANSWERS).headers["Location"] == "/"
    dora = User.objects.get(email="dora@acme.example")
    assert (dora.role, dora.time_zone) == ("administrator", "Europe/Paris")
    assert client.get("/keys/").status_code == 200


@pytest.mark.django_db
def test_the_first_users_mistakes_are_explained_and_nothing_is_made(client: Client) -> None:
    answer = client.post("/first-user/", ANSWERS | {"email": "dora", "password": "short"})
    assert answer.status_code == 422
    assert "too short" in answer.content.decode()
    assert not User.objects.exists()


def test_there_is_no_second_first_user(client: Client, cast: Cast) -> None:
    count = User.objects.count()
    assert client.post("/first-user/", ANSWERS).headers["Location"] == "/login/"
    assert User.objects.count() == count


def test_the_language_can_be_chosen_before_logging_in(client: Client, cast: Cast) -> None:
    answer = client.post("/language/", {"language": "fr", "next": "/login/"})
    assert answer.headers["Location"] == "/login/"
    assert '<html lang="fr"' in client.get("/login/").content.decode()
