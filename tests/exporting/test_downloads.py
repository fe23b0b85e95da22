"""Exports that take long: made in the background, as whoever asked, with progress, an end and a file."""

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from rapport.activities.models import Notification
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import fixed_at, now
from rapport.core.events import Event
from rapport.core.problems import Forbidden
from rapport.directory.models import Organisation
from rapport.identity.actors import actor_for, ai_acting_for
from rapport.identity.models import Scope
from rapport.integrations.exporting import making
from rapport.integrations.exporting.bringing_back import bring_back
from rapport.integrations.models import Download
from rapport.web.lists import export as lists_export
from rapport.web.settings import export as settings_export
from tests.cast import Cast, make_cast, seen_by
from tests.jobs import do_jobs

from .conftest import all_rows, emptied

pytestmark = pytest.mark.django_db
LIST = "/organisations/export.{}?cols=country&sort=title"


@pytest.fixture(autouse=True)
def little_at_once(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three records are already many."""
    settings.HOME = tmp_path
    monkeypatch.setattr(lists_export, "AT_ONCE", {"csv": 2, "xlsx": 2})
    monkeypatch.setattr(settings_export, "_RECORDS_AT_ONCE", 2)


@pytest.fixture
def three(cast: Cast) -> None:
    with acting_as(SYSTEM):
        for name in ("Acme", "=1+1", "Zeta"):
            Organisation.create(name=name, owner=cast.alice)


def asked_for(client: Client, address: str = LIST.format("csv"), answers: Any = None) -> Download:
    """What comes of asking for a long export."""
    answer = client.post(address, answers or {})
    assert answer.status_code == 302
    return Download._base_manager.get(pk=UUID(answer.headers["Location"].split("/")[-2]))


def file_of(client: Client, download: Download) -> bytes:
    answer = client.get(f"/settings/export/{download.pk}/file/")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_x2_a_long_list_is_exported_in_the_background(client: Client, cast: Cast, three: None) -> None:
    """Asked, made, told, downloaded; nobody else gets it; it stands in the history."""
    client.force_login(cast.alice)
    assert "3 records" in client.get(LIST.format("csv")).content.decode()
    assert not Download._base_manager.exists()
    download = asked_for(client)
    page = f"/settings/export/{download.pk}/"
    assert "Waiting for its turn" in client.get(page).content.decode()
    assert "progress" in client.get(f"{page}progress/").content.decode()
    do_jobs()
    assert client.get(f"{page}progress/").headers["HX-Refresh"] == "true"
    assert "3 records" in client.get(page).content.decode()
    rows = list(csv.reader(io.StringIO(file_of(client, download).decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Organisation", "'=1+1", "Acme", "Zeta"]
    told = Notification.objects.get(user=cast.alice, item_id=download.pk)
    assert "Your export is ready: Organisations" in client.get("/notifications/").content.decode()
    assert client.post(f"/notifications/{told.pk}/open/").headers["Location"] == page
    assert Event.objects.filter(verb="download.ask", actor_id=cast.alice.pk).exists()
    for other in (cast.bob, cast.dora):
        stranger = Client()
        stranger.force_login(other)
        assert {stranger.get(f"{page}{what}").status_code for what in ("", "file/", "progress/")} == {404}


def test_g6_it_holds_what_the_person_may_see_when_it_is_made(client: Client, cast: Cast, three: None) -> None:
    client.force_login(cast.charlie)
    download = asked_for(client)
    seen_by("organisation", Scope.OWNER)
    do_jobs()
    assert file_of(client, download).decode("utf-8-sig").splitlines() == ["Organisation,Country"]
    with acting_as(SYSTEM):
        cast.charlie.change(role="read-only")
    assert client.get(f"/settings/export/{download.pk}/file/").status_code == 403


def test_who_may_no_longer_export_gets_nothing(client: Client, cast: Cast, three: None) -> None:
    client.force_login(cast.alice)
    download = asked_for(client)
    with acting_as(SYSTEM):
        cast.alice.change(role="read-only")
    do_jobs()
    download.refresh_from_db()
    assert (download.state, download.path.exists()) == ("failed", False)
    assert "does not allow exporting" in download.problem
    with acting_as(ai_acting_for(cast.bob, name="Ada")), pytest.raises(Forbidden):
        Download.ask(name="All", file_name="all.zip", wanted={})


def test_it_is_stopped_before_and_while_it_is_made(
    client: Client, cast: Cast, three: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(cast.alice)
    waiting, running = asked_for(client), asked_for(client, LIST.format("xlsx"))
    client.post(f"/settings/export/{waiting.pk}/stop/")
    write = making._pieces_to

    def stopped_meanwhile(*given: Any) -> int:
        making.note(running, stop_asked=True)
        return write(*given)

    monkeypatch.setattr(making, "_pieces_to", stopped_meanwhile)
    do_jobs()
    for download in (waiting, running):
        assert "You stopped this export" in client.get(f"/settings/export/{download.pk}/").content.decode()
        assert client.get(f"/settings/export/{download.pk}/file/").status_code == 302
    assert not list(waiting.path.parent.glob("*"))


def test_files_are_deleted_after_a_week_or_by_hand(client: Client, cast: Cast, three: None) -> None:
    client.force_login(cast.alice)
    old, unwanted = asked_for(client), asked_for(client)
    do_jobs()
    client.post(f"/settings/export/{unwanted.pk}/delete/")
    assert (old.path.exists(), unwanted.path.exists()) == (True, False)
    with fixed_at(now() + timedelta(days=8)), acting_as(SYSTEM):
        making.forget_old()
    assert not old.path.exists()
    assert client.get(f"/settings/export/{old.pk}/file/").status_code == 302
    assert "was deleted" in client.get(f"/settings/export/{old.pk}/").content.decode()


def test_everything_is_exported_in_the_background_and_comes_back(client: Client, cast: Cast, three: None) -> None:
    client.force_login(cast.dora)
    before = all_rows()
    assert "or more" in client.get("/settings/export/file/").content.decode()
    download = asked_for(client, "/settings/export/file/", {"format": "xlsx", "type": ["team", "user", "organisation"]})
    do_jobs()
    path = download.path.with_suffix(".zip")
    path.write_bytes(file_of(client, download))
    kept = ("team", "user", "organisation")
    with emptied(), acting_as(SYSTEM):
        bring_back(path)
        assert {name: all_rows()[name] for name in kept} == {name: before[name] for name in kept}


def test_a_text_too_long_for_a_workbook_is_named(client: Client, cast: Cast, three: None) -> None:
    with acting_as(SYSTEM):
        wordy = Organisation.create(name="Wordy", description="x" * 32_768)
    client.force_login(cast.dora)
    download = asked_for(client, "/settings/export/file/", {"format": "xlsx", "type": "organisation"})
    do_jobs()
    page = client.get(f"/settings/export/{download.pk}/").content.decode()
    assert f"Organisation {wordy.pk}: “Description” has 32,768 characters" in page
    assert "Export as CSV" in page


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_g11_it_reads_one_moment_and_tells_how_far_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it is written, others change records and see its progress; the file shows the moment it began."""
    cast = make_cast()
    with acting_as(SYSTEM):
        for name in ("Acme", "Zeta"):
            Organisation.create(name=name)
    with acting_as(actor_for(cast.dora)):
        wanted = {"kind": "records", "types": ["team", "organisation"], "format": "csv"}
        download = Download.ask(name="Some", file_name="some.zip", wanted=wanted)
    beside, seen = connection.copy(), []
    monkeypatch.setattr(making, "_TOLD_EVERY", 0)
    tell = making._Telling.tell

    def look(telling: Any, done: int) -> None:
        tell(telling, done)
        with beside.cursor() as cursor:
            cursor.execute("UPDATE directory_organisation SET name = name || '!' RETURNING name")
            cursor.execute("SELECT done, total, state FROM integrations_download")
            seen.append(cursor.fetchone())

    monkeypatch.setattr(making._Telling, "tell", look)
    try:
        making.make(download)
    finally:
        beside.close()
    assert seen[0] == (0, 5, "running")
    assert seen[-1][0] == 5
    content = download.path.read_bytes()
    with emptied(), acting_as(SYSTEM):
        path = tmp_path / "some.zip"
        path.write_bytes(content)
        bring_back(path)
        assert set(Organisation.objects.values_list("name", flat=True)) == {"Acme", "Zeta"}
    assert download.path.stat().st_mode & 0o077 == 0
