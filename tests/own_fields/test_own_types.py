"""Own record types: added in the browser, they have lists, pages, forms, rights, search, history, import and export."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from rapport.activities.models import Note
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.editions import catch_up
from rapport.core.events import Event
from rapport.core.records import RECORD_TYPES, Record
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation
from rapport.governance.dictionary import entries, entry_of
from rapport.governance.models import OwnType
from rapport.identity.models import User, VisibilityRule
from tests.cast import Cast
from tests.importing.conftest import imported, outcomes

from .making import own

SignedIn = Callable[[User], Client]
VISIT = "own_site_visit"


def site_visits() -> type[Record]:
    """The type "Site visit" with a link to an organisation and a day."""
    with acting_as(SYSTEM):
        OwnType.create(label="Site visit", plural="Site visits")
        catch_up()
        own("link", label="Site", for_type=VISIT, target="organisation", in_list=True)
        own("date", label="Day", for_type=VISIT, in_list=True)
    return entry_of(VISIT).model


def test_a_type_is_added_and_used_at_once(cast: Cast, signed_in: SignedIn) -> None:
    doras, alices = signed_in(cast.dora), signed_in(cast.alice)
    answer = doras.post("/settings/types/new/", {"label": "Site visit", "plural": "Site visits", "icon": "map-pin"})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    assert answer.headers["Location"] == f"/settings/fields/{VISIT}/"
    doras.post(f"/settings/fields/{VISIT}/new/date/", {"label": "Day", "in_list": "on"})
    assert alices.get("/own/site-visit/").status_code == 200
    answer = alices.post("/own/site-visit/new/", {"name": "Roof of Acme", "own_day": "2026-03-01"})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    visit = entry_of(VISIT).model.objects.get(name="Roof of Acme")
    page = alices.get(f"/own/site-visit/{visit.pk}/").content.decode()
    assert "1 Mar 2026" in page
    assert (
        "Roof of Acme"
        in alices.get("/own/site-visit/", {"f": "own_day:on:2026-03-01", "sort": "own_day"}).content.decode()
    )
    assert "Roof of Acme" in alices.get("/search/", {"q": "roof acme"}).content.decode()
    assert "created" in alices.get(f"/own/site-visit/{visit.pk}/history/").content.decode()
    assert "Roof of Acme" in b"".join(alices.get("/own/site-visit/export.csv").streaming_content).decode()  # type: ignore[attr-defined]


def test_the_navigation_leads_there_if_so_wished(cast: Cast, signed_in: SignedIn) -> None:
    model = site_visits()
    assert 'href="/own/site-visit/"' in signed_in(cast.alice).get("/").content.decode()
    with acting_as(SYSTEM):
        OwnType.objects.get(key=model.record_type).change(in_navigation=False)
    assert 'href="/own/site-visit/"' not in signed_in(cast.alice).get("/").content.decode()


def test_where_it_links_to_a_panel_shows_it(cast: Cast, signed_in: SignedIn) -> None:
    model = site_visits()
    with acting_as(SYSTEM):
        acme = Organisation.create(name="Acme", owner=cast.alice)
        model.create(name="Roof", own_site=acme)
    panels = signed_in(cast.alice).get(f"/organisations/{acme.pk}/?tab=related").content.decode()
    assert "Site visits" in panels
    assert "Roof" in panels


def test_the_rules_of_visibility_hold(cast: Cast, signed_in: SignedIn) -> None:
    model = site_visits()
    with acting_as(SYSTEM):
        VisibilityRule.create(for_type=VISIT, scope="owner")
        mine = model.create(name="Mine", owner=cast.alice)
    assert signed_in(cast.alice).get(f"/own/site-visit/{mine.pk}/").status_code == 200
    assert signed_in(cast.charlie).get(f"/own/site-visit/{mine.pk}/").status_code == 404
    assert "Mine" not in signed_in(cast.charlie).get("/own/site-visit/").content.decode()


def test_notes_are_written_about_it(cast: Cast, signed_in: SignedIn) -> None:
    model = site_visits()
    with acting_as(SYSTEM):
        visit = model.create(name="Roof")
        Note.create(text="Slippery", about=[visit])
    assert "Slippery" in signed_in(cast.alice).get(f"/own/site-visit/{visit.pk}/").content.decode()


def test_a_name_that_no_sheet_may_have_is_exported_to_a_workbook(cast: Cast, signed_in: SignedIn) -> None:
    with acting_as(SYSTEM):
        OwnType.create(label="In/out visit", plural="Visits [in/out]: all?")
        catch_up()
        entry_of("own_in_out_visit").model.create(name="Roof")
    file = signed_in(cast.dora).get("/own/in-out-visit/export.xlsx")
    book = load_workbook(BytesIO(b"".join(file.streaming_content)))  # type: ignore[arg-type]
    assert (book.sheetnames, book.worksheets[0]["A2"].value) == (["Visits -in-out-- all-"], "Roof")


@pytest.mark.usefixtures("as_system")
def test_two_types_share_a_table_and_nothing_else() -> None:
    visits = site_visits()
    OwnType.create(label="Certificate", plural="Certificates")
    catch_up()
    certificates = entry_of("own_certificate").model
    visits.create(name="Roof")
    certificates.create(name="ISO 9001")
    assert [str(row) for row in visits.objects.all()] == ["Roof"]
    assert [str(row) for row in certificates.objects.all()] == ["ISO 9001"]
    assert "own_day" not in entry_of("own_certificate").fields


@pytest.mark.usefixtures("as_system")
def test_removing_a_type_keeps_its_records_and_undo_brings_all_back() -> None:
    model = site_visits()
    model.create(name="Roof", own_day="2026-03-01")
    OwnType.objects.get(key=VISIT).remove()
    removal = Event.objects.latest("id")
    catch_up()
    assert VISIT not in entries()
    undo_event(removal)
    catch_up()
    roof = entry_of(VISIT).model.objects.get()
    assert str(roof.own_day) == "2026-03-01"  # type: ignore[attr-defined]
    roof.change(name="Roof, again")
    undo_event(Event.objects.latest("id"))
    assert entry_of(VISIT).model.objects.get().title == "Roof"


@pytest.mark.usefixtures("as_system")
def test_the_undo_of_its_creation_leaves_nothing() -> None:
    OwnType.create(label="Site visit", plural="Site visits")
    catch_up()
    undo_event(Event.objects.latest("id"))
    catch_up()
    assert VISIT not in entries()
    assert VISIT not in RECORD_TYPES


@pytest.mark.usefixtures("as_system")
def test_its_records_are_imported(tmp_path: Path, settings: Any) -> None:
    settings.HOME = tmp_path
    model = site_visits()
    Organisation.create(name="Acme")
    subject = imported({"site visits.csv": "Site visit,Site,Day\nRoof,Acme,2026-03-01\nCellar,Acme,2026-03-02\n"})
    assert outcomes(subject)["site visits.csv"][0] == 2
    assert {str(row.own_site) for row in model.objects.all()} == {"Acme"}  # type: ignore[attr-defined]
