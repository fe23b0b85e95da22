"""A forgotten password is replaced through a mailed link, which tells nobody who has an account."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from rapport.cli.entry import parsed
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.events import Event
from tests.cast import PASSWORD, Cast
from tests.jobs import do_jobs
from tests.web.signon.conftest import log_in

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "a walk along the river"


def link_of(text: str) -> str:
    """The path of the reset link in a mail or on a page."""
    found = re.search(r"/login/reset/[^\s\"<]+", text)
    assert found
    return found[0]


def asked_for(client: Client, email: str) -> str:
    """What whoever asks for a link reads."""
    answer = client.post(reverse("reset-ask"), {"email": email}, follow=True)
    do_jobs()
    return answer.content.decode()


def opened(client: Client, link: str) -> str:
    """The address of the form behind a link."""
    return client.get(link).headers.get("Location", "")


def test_a_mailed_link_sets_a_new_password_once_and_ends_every_session(client: Client, cast: Cast) -> None:
    other_device = Client()
    other_device.force_login(cast.alice)
    asked_for(client, "ALICE@rapport.example")
    (letter,) = mail.outbox
    assert letter.to == [cast.alice.email]
    link = link_of(letter.body)
    form = opened(client, link)
    assert client.post(form, {"password": NEW_PASSWORD}).headers["Location"] == "/login/"
    assert other_device.get("/keys/").status_code == 302
    assert opened(Client(), link) == ""
    entry = {"username": cast.alice.email, "password": NEW_PASSWORD}
    assert client.post("/login/", entry).status_code == 302
    assert Event.objects.filter(verb="user.reset_own_password", actor_id=cast.alice.pk).count() == 1


def test_whoever_was_reset_is_told_by_mail(client: Client, cast: Cast) -> None:
    asked_for(client, str(cast.alice.email))
    client.post(opened(client, link_of(mail.outbox[0].body)), {"password": NEW_PASSWORD})
    do_jobs()
    assert "Your sign-in to Rapport was changed" in mail.outbox[-1].subject
    assert "Alice Almeida: reset the password" in mail.outbox[-1].body


def test_the_page_says_the_same_whether_the_address_is_known_or_not(client: Client, cast: Cast) -> None:
    pages = {
        re.sub(r'value="[^"]{20,}"|content="[^"]{40,}"', "", asked_for(Client(), email))
        for email in (str(cast.alice.email), "nobody@rapport.example")
    }
    assert len(pages) == 1
    assert len(mail.outbox) == 1


def test_nobody_s_mailbox_is_flooded(client: Client, cast: Cast) -> None:
    for _ in range(6):
        page = asked_for(client, str(cast.alice.email))
    assert len(mail.outbox) == 3
    assert "a link for a new password is on its way" in page


def test_somebody_deactivated_gets_no_link(client: Client, cast: Cast) -> None:
    with cast.acting(cast.dora):
        cast.alice.deactivate()
    asked_for(client, str(cast.alice.email))
    assert not [letter for letter in mail.outbox if "/login/reset/" in letter.body]


def test_a_bad_password_is_refused_and_the_link_still_works(client: Client, cast: Cast) -> None:
    asked_for(client, str(cast.alice.email))
    form = opened(client, link_of(mail.outbox[0].body))
    assert client.post(form, {"password": "short"}).status_code == 422
    assert client.post(form, {"password": NEW_PASSWORD}).status_code == 302


def test_an_administrator_makes_a_link_that_works_once(client: Client, cast: Cast) -> None:
    log_in(client, cast.dora)
    page = client.post(reverse("settings-user-reset-link", args=[cast.alice.pk])).content.decode()
    assert Client().post(opened(alice := Client(), link_of(page)), {"password": "x"}).status_code in {200, 422}
    assert alice.post(opened(alice, link_of(page)), {"password": NEW_PASSWORD}).status_code == 302
    assert Event.objects.filter(verb="user.offer_reset", actor_id=cast.dora.pk).exists()
    cast.alice.refresh_from_db()
    assert cast.alice.check_password(NEW_PASSWORD)


def test_nobody_else_makes_such_links(client: Client, cast: Cast) -> None:
    client.force_login(cast.bob)
    assert client.post(reverse("settings-user-reset-link", args=[cast.alice.pk])).status_code == 403


def test_the_command_line_prints_a_link(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    command, options = parsed(["user", "reset-link", str(cast.alice.email)])
    with acting_as(SYSTEM):
        command.run(options)
    assert opened(Client(), link_of(capsys.readouterr().out)).endswith("/set-password/")


def test_a_changed_password_is_told_by_mail(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    client.post(reverse("settings-password"), {"present": PASSWORD, "new": NEW_PASSWORD})
    do_jobs()
    assert "changed the password" in mail.outbox[-1].body
