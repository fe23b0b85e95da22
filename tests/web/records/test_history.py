"""The history of a record, in words, with undo."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.translation import override

from rapport.core.events import Event, batch
from rapport.core.undo import Conflict, undo_event
from rapport.directory.models import Organisation
from rapport.identity.models import Scope
from rapport.web.places import record_address
from rapport.web.records.left_alone import left_alone_in_words
from tests.cast import Cast, seen_by
from tests.importing.conftest import imported
from tests.web.records.conftest import Browse, World

pytestmark = pytest.mark.django_db


def history(client: Client, world: World) -> str:
    return client.get(f"{record_address('organisation', world.acme.pk)}history/").content.decode()


def test_each_change_is_told_in_words(alices: Client, cast: Cast, world: World) -> None:
    with cast.acting(cast.alice):
        group = Organisation.create(name="Steel Group")
        world.acme.change(industry="Presses", parent=group, lifecycle="customer", country="FR")
    page = history(alices, world)
    for said in ("Alice Almeida", "changed", "created", "typed here", "<del>Steel</del>", "<ins>Presses</ins>"):
        assert said in page, said
    for value in ("Steel Group", "Customer", "France"):
        assert f"<ins>{value}</ins>" in page, value


def test_one_s_own_events_are_undone_and_that_is_undone_in_turn(alices: Client, cast: Cast, world: World) -> None:
    with cast.acting(cast.alice):
        world.acme.change(industry="Presses")
    change = Event.objects.latest("id")
    assert f"/undo/{change.pk}/" in history(alices, world)
    alices.post(f"/undo/{change.pk}/", {"next": "/organisations/"})
    world.acme.refresh_from_db()
    assert world.acme.industry == "Steel"
    page = history(alices, world)
    assert "undone" in page
    assert f"/undo/{change.pk}/" not in page
    alices.post(f"/undo/{Event.objects.latest('id').pk}/")
    world.acme.refresh_from_db()
    assert world.acme.industry == "Presses"


def test_what_was_changed_since_stays_and_is_told(browse: Browse, cast: Cast, world: World) -> None:
    with cast.acting(cast.alice):
        world.acme.change(industry="Presses", country="FR")
        change = Event.objects.latest("id")
    with cast.acting(cast.bob):
        world.acme.change(industry="Machine tools")
    alices = browse(cast.alice)
    page = alices.post(
        f"/undo/{change.pk}/", {"next": record_address("organisation", world.acme.pk)}, follow=True
    ).content.decode()
    assert "Undone, but for this: Acme Steel · Industry: changed since" in page
    assert "Left alone:" in history(alices, world)
    world.acme.refresh_from_db()
    assert (world.acme.industry, world.acme.country) == ("Machine tools", "")


def test_what_undo_left_alone_is_named_to_whoever_sees_it_in_their_language(
    browse: Browse, cast: Cast, world: World
) -> None:
    with cast.acting(cast.alice), batch(uuid4()):
        Organisation.change_several([world.acme.pk], country="FR")
        change = Event.objects.latest("id")
        world.acme.change(country="PT")
        undo_event(change)
    told = [Conflict.from_stored(kept) for kept in Event.objects.latest("id").detail["conflicts"]]
    with cast.acting(cast.alice) as alice, override("fr"):
        assert left_alone_in_words(alice, told) == [
            "Acme Steel · Pays\N{NO-BREAK SPACE}: modifiée depuis\N{NO-BREAK SPACE}; sa valeur a été conservée"
        ]
    seen_by("organisation", Scope.OWNER)
    with cast.acting(cast.charlie) as charlie:
        assert left_alone_in_words(charlie, told) == ["Organisation · Country: changed since; its value was kept"]


def test_others_events_are_not_undone_by_a_seller(browse: Browse, cast: Cast, world: World) -> None:
    with cast.acting(cast.bob):
        world.acme.change(industry="Presses")
    change = Event.objects.latest("id")
    alices = browse(cast.alice)
    assert f"/undo/{change.pk}/" not in history(alices, world)
    assert alices.post(f"/undo/{change.pk}/").status_code == 403
    assert browse(cast.dora).post(f"/undo/{change.pk}/").status_code == 302


def test_events_about_what_one_may_not_see_do_not_exist(browse: Browse, cast: Cast, world: World) -> None:
    seen_by("organisation", Scope.OWNER)
    event = Event.objects.filter(subject_id=world.acme.pk).latest("id")
    charlies = browse(cast.charlie)
    for number in (event.pk, 10**30, 0):
        assert charlies.post(f"/undo/{number}/").status_code == 404, number
        assert charlies.get(f"/undo/{number}/").status_code == 404


def test_undoing_a_creation_leads_away_from_the_page_that_is_gone(alices: Client, cast: Cast) -> None:
    with cast.acting(cast.alice):
        brief = Organisation.create(name="Brief", owner=cast.alice)
    event = Event.objects.latest("id")
    answer = alices.post(f"/undo/{event.pk}/", {"next": record_address("organisation", brief.pk)})
    assert answer["Location"] == "/organisations/"


def test_a_long_history_is_read_page_by_page(alices: Client, cast: Cast, world: World) -> None:
    with cast.acting(cast.alice):
        for number in range(35):
            world.acme.change(employees=number + 1)
    page = history(alices, world)
    assert "<ins>35</ins>" in page
    assert "<ins>2</ins>" not in page
    older = page.split('id="history-older"')[1].split('href="')[1].split('"')[0]
    address = f"{record_address('organisation', world.acme.pk)}history/"
    assert "<ins>2</ins>" in alices.get(address + older).content.decode()
    for nonsense in ("?before=x", "?before=99999999999999999999", "?before=-1"):
        assert alices.get(address + nonsense).status_code == 200


def test_what_an_import_did_is_undone_as_a_whole_from_its_own_page(
    alices: Client, browse: Browse, cast: Cast, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    with cast.acting(cast.dora):
        subject = imported({"accounts.csv": "account,country\nImported,France\n"})
    record = Organisation.objects.get(name="Imported")
    event = Event.objects.filter(batch=subject.pk, changes__record_id=record.pk).latest("pk")
    address = record_address("organisation", record.pk)
    history_page = alices.get(f"{address}history/").content.decode()
    for client in (alices, browse(cast.dora)):  # who may not open the import is not sent there
        offered = f"/imports/{subject.pk}/" in client.get(f"{address}history/").content.decode()
        assert offered == (client.get(f"/imports/{subject.pk}/").status_code == 200)
    assert offered
    assert f"/undo/{event.pk}/" not in history_page
    assert f"/undo/{event.pk}/" not in alices.get(address).content.decode()
