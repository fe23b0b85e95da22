"""Changing many rows, and one cell, from the list itself."""

import os
import subprocess
import sys
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from rapport.core.events import Event
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation
from rapport.identity.models import Scope, User
from rapport.web.lists import bulk
from rapport.web.lists import jobs as lists_jobs
from tests.cast import Cast, seen_by
from tests.jobs import do_jobs

SignedIn = Callable[[User], Client]
CHANGE, REMOVE = "/organisations/bulk/change/", "/organisations/bulk/remove/"


@pytest.fixture
def three(cast: Cast) -> list[str]:
    with cast.acting(cast.dora):
        made = [
            Organisation.create(name=f"O {n}", owner=owner)
            for n, owner in enumerate([cast.alice, cast.alice, cast.charlie])
        ]
    return [str(one.pk) for one in made]


def industries() -> list[str]:
    return list(Organisation.objects.order_by("name").values_list("industry", flat=True))


def test_step_by_step_field_value_preview_and_done(cast: Cast, signed_in: SignedIn, three: list[str]) -> None:
    client = signed_in(cast.alice)
    assert "Industry" in client.post(CHANGE, {"ids": three}).content.decode()
    assert 'name="industry"' in client.post(CHANGE, {"ids": three, "field": "industry"}).content.decode()
    asked = {"ids": three, "field": "industry", "industry": "Energy"}
    preview = client.post(CHANGE, asked | {"preview": "1"})
    assert [line.after for line in preview.context["lines"]] == ["Energy"] * 3
    assert industries() == ["", "", ""]
    assert client.post(CHANGE, asked | {"confirm": "1"}).status_code == 302
    assert industries() == ["Energy"] * 3
    with cast.acting(cast.alice):
        undo_event(Event.objects.order_by("-id")[0])
    assert industries() == ["", "", ""]


def test_a_bad_value_is_asked_again(cast: Cast, signed_in: SignedIn, three: list[str]) -> None:
    asked = {"ids": three, "field": "employees", "employees": "many", "preview": "1"}
    answer = signed_in(cast.alice).post(CHANGE, asked)
    assert answer.status_code == 422
    assert "is not a number" in answer.content.decode()


def test_records_out_of_sight_can_not_be_meant(cast: Cast, signed_in: SignedIn, three: list[str]) -> None:
    seen_by("organisation", Scope.OWNER)
    asked = {"ids": three, "field": "industry", "industry": "Energy", "confirm": "1"}
    signed_in(cast.charlie).post(CHANGE, asked)
    assert industries() == ["", "", "Energy"]
    assert signed_in(cast.charlie).post(CHANGE, {"ids": three[:2]}).status_code == 409


def test_owners_are_assigned(cast: Cast, signed_in: SignedIn, three: list[str]) -> None:
    asked = {"ids": three, "field": "owner", "owner": str(cast.bob.pk), "confirm": "1"}
    assert signed_in(cast.dora).post(CHANGE, asked).status_code == 302
    assert set(Organisation.objects.values_list("owner__name", flat=True)) == {"Bob Bernard"}


def test_what_is_deleted_is_shown_first(cast: Cast, signed_in: SignedIn, three: list[str]) -> None:
    client = signed_in(cast.alice)
    assert "O 1" in client.post(REMOVE, {"ids": three[:2]}).content.decode()
    assert Organisation.objects.count() == 3
    client.post(REMOVE, {"ids": three[:2], "confirm": "1"})
    assert Organisation.objects.count() == 1


def test_the_whole_list_is_meant_as_it_is_filtered(cast: Cast, signed_in: SignedIn, three: list[str]) -> None:
    asked = {"all": "1", "field": "industry", "industry": "Food", "confirm": "1"}
    signed_in(cast.dora).post(f"{CHANGE}?f=owner:is:{cast.alice.pk}&sort=", asked)
    assert industries() == ["Food", "Food", ""]
    refused = signed_in(cast.dora).post(f"{CHANGE}?f=nonsense:is:1&sort=", asked)
    assert refused.status_code == 409


def test_many_are_changed_in_the_background_and_undone_together(
    cast: Cast, signed_in: SignedIn, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "WAITED_FOR", 2)
    client = signed_in(cast.dora)
    asked = {"ids": three, "field": "industry", "industry": "Energy", "confirm": "1"}
    place = client.post(CHANGE, asked).headers["Location"]
    assert "Working on it" in client.get(place).content.decode()
    do_jobs()
    assert industries() == ["Energy"] * 3
    assert signed_in(cast.alice).get(place).status_code == 404
    with cast.acting(cast.dora):
        Organisation.objects.get(name="O 2").change(industry="Steel")
    undone = client.post(f"{place}undo/", follow=True).content.decode()
    assert industries() == ["", "", "Steel"]
    assert "1 value was changed since and stayed. O 2 · Industry: changed since" in undone


def test_what_is_done_in_the_background_is_told_in_the_language_of_whoever_asked(
    cast: Cast, signed_in: SignedIn, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "WAITED_FOR", 2)
    with cast.acting(cast.dora):
        cast.dora.change(language="fr")
    client = signed_in(cast.dora)
    asked = {"ids": three, "field": "parent", "parent": three[0], "confirm": "1"}
    place = client.post(CHANGE, asked).headers["Location"]
    do_jobs()
    page = unescape(client.get(place).content.decode())
    assert "O 0</strong>: Une organisation ne peut pas faire partie" in page


def test_a_part_that_is_refused_as_a_whole_is_named_and_not_called_done(
    cast: Cast, signed_in: SignedIn, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "WAITED_FOR", 2)
    monkeypatch.setattr(lists_jobs, "AT_ONCE", 1)
    client = signed_in(cast.dora)
    asked = {"ids": three, "field": "parent", "parent": three[0], "confirm": "1"}
    place = client.post(CHANGE, asked).headers["Location"]
    do_jobs()
    page = unescape(client.get(place).content.decode())
    assert "Done: 2 of 3 records." in page
    assert "O 0</strong>: An organisation can't be part of itself" in page
    assert Organisation.objects.filter(parent=three[0]).count() == 2
    client.post(f"{place}undo/")
    assert not Organisation.objects.exclude(parent=None).exists()


def test_workers_know_the_jobs_of_the_lists() -> None:
    """A worker imports no page by itself: it must find the jobs without one."""
    asked = "import django; django.setup(); from procrastinate.contrib.django import app; print(*app.tasks)"
    command = [sys.executable, "-c", asked]
    told = subprocess.run(
        command,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "web.lists.jobs.change_in_background" in told.stdout.split()
    assert "web.lists.jobs.remove_in_background" in told.stdout.split()


def test_who_may_not_change_is_refused(cast: Cast, signed_in: SignedIn, three: list[str]) -> None:
    asked = {"ids": [str(cast.north.pk)], "field": "name", "name": "X", "confirm": "1"}
    assert signed_in(cast.alice).post("/teams/bulk/change/", asked).status_code == 403


HTMX = {"HTTP_HX_REQUEST": "true"}


def test_a_cell_becomes_a_form_and_then_its_new_value(cast: Cast, signed_in: SignedIn, three: list[str]) -> None:
    client = signed_in(cast.alice)
    place = f"/organisations/{three[0]}/cell/industry/"
    assert 'name="industry"' in client.get(place, **HTMX).content.decode()
    assert client.post(place, {"industry": "Energy"}, **HTMX).content.decode().startswith("Energy")
    assert industries()[0] == "Energy"
    assert client.get(f"{place}?shown", **HTMX).content.decode() == "Energy"


def test_a_cell_refuses_what_the_field_refuses(cast: Cast, signed_in: SignedIn, three: list[str]) -> None:
    place = f"/organisations/{three[0]}/cell/employees/"
    assert signed_in(cast.alice).post(place, {"employees": "x"}, **HTMX).status_code == 422


def test_a_cell_out_of_reach_does_not_exist(cast: Cast, signed_in: SignedIn, three: list[str]) -> None:
    seen_by("organisation", Scope.OWNER)
    client = signed_in(cast.charlie)
    assert client.get(f"/organisations/{three[0]}/cell/industry/", **HTMX).status_code == 404
    assert client.get(f"/organisations/{three[2]}/cell/password/", **HTMX).status_code == 404
