"""What is sent after the session has ended isn't lost: it is offered again to whoever typed it (G11)."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.test import Client

from rapport.activities.models import Note
from tests.cast import Cast

from .conftest import log_in

pytestmark = pytest.mark.django_db
TEXT = "A long note about the visit to Acme,\nwith <two> lines & signs."


def sent_too_late(client: Client, cast: Cast, **answers: str) -> str:
    """Alice's session has ended; she sends her note all the same. Where she is led to."""
    log_in(client, cast.alice)
    client.session.flush()
    return str(client.post("/notes/new/", {"text": TEXT, "subject": "Visit", **answers}).headers["Location"])


def test_g11_a_form_sent_after_the_session_ended_is_offered_again_after_the_log_in(client: Client, cast: Cast) -> None:
    login = sent_too_late(client, cast, password="hidden")
    assert login == "/login/?next=/login/kept/"
    answer = client.post(login, {"username": cast.alice.email, "password": "correct horse battery"})
    assert answer.headers["Location"] == "/login/kept/"
    page = client.get("/login/kept/").content.decode()
    assert "hidden" not in re.findall(r'value="([^"]*)"', page)
    typed = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert typed
    assert unescape(typed[1]) == TEXT
    assert 'action="/notes/new/"' in page
    assert client.post("/notes/new/", {"text": TEXT, "subject": "Visit"}).status_code == 302
    assert Note.objects.get().text == TEXT
    assert client.get("/login/kept/").status_code == 302  # sent: offered no more


def test_it_is_thrown_away_on_demand(client: Client, cast: Cast) -> None:
    sent_too_late(client, cast)
    log_in(client, cast.alice)
    assert client.get("/login/kept/").status_code == 200
    client.post("/login/kept/")
    assert client.get("/login/kept/").status_code == 302


def test_nobody_else_is_shown_it(client: Client, cast: Cast) -> None:
    sent_too_late(client, cast)
    log_in(client, cast.bob)
    assert client.get("/login/kept/").status_code == 302


def test_a_browser_nobody_signed_in_on_keeps_nothing(client: Client, cast: Cast) -> None:
    assert client.post("/notes/new/", {"text": TEXT}).headers["Location"] == "/login/?next=/notes/new/"
    assert "kept_answers" not in client.session


def sent_with_a_stale_token(cast: Cast, origin: str) -> Client:
    """Alice is signed in; the token of her form is one that doesn't hold any more."""
    client = Client(enforce_csrf_checks=True)
    login = client.get("/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', login.content.decode())
    assert token
    sent = {"username": cast.alice.email, "password": "correct horse battery", "csrfmiddlewaretoken": token[1]}
    assert client.post("/login/", sent).status_code == 302
    answers = {"text": TEXT, "subject": "Visit", "csrfmiddlewaretoken": token[1]}
    client.cookies.pop(settings.CSRF_COOKIE_NAME)
    client.last = client.post("/notes/new/", answers, headers={"origin": origin})  # type: ignore[attr-defined]
    return client


def test_g11_what_was_sent_with_a_stale_token_is_offered_again(cast: Cast) -> None:
    client = sent_with_a_stale_token(cast, "http://testserver")
    assert client.last.headers["Location"] == "/login/kept/"  # type: ignore[attr-defined]
    page = client.get("/login/kept/").content.decode()
    assert "This form was open for too long" in page
    assert unescape(page).count(TEXT) == 1
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    again = {"text": TEXT, "subject": "Visit", "csrfmiddlewaretoken": token[1]}
    assert client.post("/notes/new/", again).status_code == 302
    assert Note.objects.get().text == TEXT


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_what_another_site_sends_is_refused_and_not_kept(cast: Cast, origin: str) -> None:
    client = sent_with_a_stale_token(cast, origin)
    assert client.last.status_code == 403  # type: ignore[attr-defined]
    assert "kept_answers" not in client.session
    assert not Note.objects.exists()
