"""The bell counts what one was told, its page shows it, and opening a line takes it off."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from rapport.activities.models import Note, Notification
from rapport.directory.models import Organisation
from rapport.identity.models import User
from tests.cast import Cast

SignedIn = Callable[[User], Client]


@pytest.fixture
def mention(cast: Cast) -> Iterator[Note]:
    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme", owner=cast.alice)
        yield Note.create(text="@Bob Bernard please look", about=[acme])


def count_of(client: Client) -> str:
    return client.get("/notifications/count/", HTTP_HX_REQUEST="true").content.decode().strip()


def test_the_bell_counts_for_whom_it_rings_and_for_nobody_else(cast: Cast, mention: Note, signed_in: SignedIn) -> None:
    assert "1 unread" in count_of(signed_in(cast.bob))
    assert "1 unread" in signed_in(cast.bob).get("/people/").content.decode()
    assert count_of(signed_in(cast.alice)) == ""


def test_opening_a_line_leads_to_the_record_and_takes_it_off_the_bell(
    cast: Cast, mention: Note, signed_in: SignedIn
) -> None:
    client = signed_in(cast.bob)
    assert "Alice Almeida mentioned you" in client.get("/notifications/").content.decode()
    told = Notification.objects.get()
    answer = client.post(f"/notifications/{told.pk}/open/")
    assert answer.headers["Location"] == f"/notes/{mention.pk}/"
    assert "toast-undo" not in client.get(answer.headers["Location"]).content.decode().partition("<template")[0]
    assert count_of(client) == ""


def test_nobody_opens_what_another_was_told(cast: Cast, mention: Note, signed_in: SignedIn) -> None:
    told = Notification.objects.get()
    assert signed_in(cast.charlie).post(f"/notifications/{told.pk}/open/").status_code == 404
    assert "mentioned" not in signed_in(cast.charlie).get("/notifications/").content.decode()


def test_all_are_read_at_once_and_undo_brings_them_back(cast: Cast, mention: Note, signed_in: SignedIn) -> None:
    client = signed_in(cast.bob)
    assert client.post("/notifications/read/").status_code == 302
    page = client.get("/notifications/").content.decode()
    assert count_of(client) == ""
    undo = page.partition('action="/undo/')[2].partition('"')[0]
    client.post(f"/undo/{undo}")
    assert "1 unread" in count_of(client)


def test_older_ones_come_on_further_pages(cast: Cast, signed_in: SignedIn) -> None:
    with cast.acting(cast.alice):
        acme = Organisation.create(name="Acme", owner=cast.alice)
        for number in range(53):
            Note.create(text=f"@Bob Bernard number {number}.", about=[acme])
    client = signed_in(cast.bob)
    first = client.get("/notifications/").content.decode()
    assert "number 52." in first
    assert "number 2." not in first
    older = first.partition("?until=")[2].partition('"')[0]
    assert "number 2." in client.get(f"/notifications/?until={older}").content.decode()
    assert client.get("/notifications/?until=nonsense").status_code == 200
