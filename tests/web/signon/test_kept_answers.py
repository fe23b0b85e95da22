"""What is sent after the session has ended isn't lost: it is offered again to whoever typed it (G11)."""

import re
from html import unescape

import pytest
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
