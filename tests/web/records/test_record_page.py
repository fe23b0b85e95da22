"""The page of a record: what it shows, to whom, at what cost."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from rapport.activities.models import Note, Task
from rapport.core.verbs import VERBS
from rapport.directory.models import Organisation, Person
from rapport.governance.dictionary import entries
from rapport.identity.models import Scope, Territory
from rapport.identity.roles import Role
from rapport.pipeline.models import Opportunity
from rapport.web.places import SLUGS, record_address
from tests.cast import Cast, seen_by
from tests.web.records.conftest import Browse, World
from tests.world import make_world

pytestmark = pytest.mark.django_db


def test_it_shows_facts_and_where_they_come_from(alices: Client, world: World) -> None:
    page = alices.get(record_address("organisation", world.acme.pk)).content.decode()
    assert "Acme Steel" in page
    assert "Alice Almeida, typed here, just now" in page
    assert "/settings/dictionary/organisation/#industry" in page


@pytest.mark.slow
@pytest.mark.parametrize("part", ["", "history/", "panels/"])
def test_no_page_costs_more_than_twelve_queries(
    browse: Browse, cast: Cast, world: World, part: str, django_assert_max_num_queries: Any
) -> None:
    everything = make_world(cast)
    with cast.acting(cast.alice):
        for number in range(5):
            Note.create(text=f"Note {number}", about=[everything["organisation"]])
            Task.create(subject=f"Task {number}", owner=cast.alice, about=[everything["organisation"]])
        everything["organisation"].change(industry="Presses", owner=cast.bob)
        everything["opportunity"].change(need="More pressure", owner=cast.bob)
    bobs = browse(cast.bob)  # a manager's rights cost most
    for record_type in SLUGS:
        address = record_address(record_type, everything[record_type].pk) + part
        asks = {"HX-Request": "true"} if part == "panels/" else {}
        bobs.get(address, headers=asks)
        with django_assert_max_num_queries(12, info=address):
            assert bobs.get(address, headers=asks).status_code == 200


def test_pages_seen_by_a_territory_ask_no_more_than_others(
    browse: Browse, cast: Cast, world: World, django_assert_max_num_queries: Any
) -> None:
    del world  # there is a pipeline with it
    for record_type in ("organisation", "person", "opportunity"):
        seen_by(record_type, Scope.OWNER)
    with cast.acting(cast.alice):
        here = Organisation.create(name="Acme", country="FR", owner=cast.alice)
        abroad = Organisation.create(name="Elsewhere", country="PT", owner=cast.alice)
        zoe = Person.create(first_name="Zoé", organisation=here, owner=cast.alice)
        olga = Person.create(first_name="Olga", organisation=abroad, owner=cast.alice)
        deal = Opportunity.create(name="Pumps", organisation=here, person=olga, owner=cast.alice)
    with cast.acting(cast.dora):
        Territory.draw(name="France", query="f=country:is:FR", members=[(cast.charlie, None)])
    charlies = browse(cast.charlie)
    for address in (record_address("person", zoe.pk), record_address("opportunity", deal.pk), "/pipeline/"):
        charlies.get(address)
        with django_assert_max_num_queries(12, info=address):
            page = charlies.get(address).content.decode()
        assert "Acme" in page
        assert "Olga" not in page


def test_a_record_one_may_not_see_looks_as_if_it_did_not_exist(browse: Browse, cast: Cast, world: World) -> None:
    seen_by("organisation", Scope.OWNER)
    charlies = browse(cast.charlie)
    address = record_address("organisation", world.acme.pk)
    for path in (
        "",
        "history/",
        "edit/",
        "edit/name/",
        "fact/name/",
        "remove/",
        "panels/",
        "panel/people/",
        "add/note/",
    ):
        hidden = charlies.get(f"{address}{path}")
        missing = charlies.get(f"/organisations/{uuid4()}/{path}")
        assert (hidden.status_code, missing.status_code) == (404, 404), path
        assert "Acme" not in hidden.content.decode()


def test_nobody_gets_in_without_signing_on(client: Client, world: World) -> None:
    answer = client.get(record_address("organisation", world.acme.pk))
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]


def test_the_name_of_a_linked_record_one_may_not_see_is_not_told(browse: Browse, cast: Cast, world: World) -> None:
    seen_by("organisation", Scope.OWNER)
    seen_by("person", Scope.EVERYONE)
    charlies = browse(cast.charlie)
    for path in ("", "history/"):
        page = charlies.get(record_address("person", world.petra.pk) + path).content.decode()
        assert "Petra Vogel" in page
        assert "Acme" not in page


def test_who_may_only_read_is_offered_nothing_to_change(browse: Browse, cast: Cast, world: World) -> None:
    with cast.acting(cast.dora):
        cast.charlie.change(role=Role.READ_ONLY)
    page = browse(cast.charlie).get(record_address("organisation", world.acme.pk)).content.decode()
    assert "Acme Steel" in page
    assert "edit/" not in page
    assert "remove/" not in page
    assert 'id="composer"' not in page


def test_panels_show_what_is_related_and_nothing_hidden(browse: Browse, cast: Cast, world: World) -> None:
    address = record_address("organisation", world.acme.pk)
    mine = browse(cast.alice).get(f"{address}?tab=related").content.decode()
    assert "Second press" in mine
    assert "Petra Vogel" in mine
    theirs = browse(cast.charlie).get(f"{address}panels/", headers={"HX-Request": "true"}).content.decode()
    assert "Petra Vogel" in theirs
    assert "Second press" not in theirs  # opportunities are the team's by default


def test_every_type_with_a_place_has_a_page_and_a_form(browse: Browse, cast: Cast) -> None:
    doras = browse(cast.dora)
    for record_type in SLUGS:
        assert record_type in entries(), f"{record_type} has an address, but no dictionary entry"
        assert f"{record_type}.create" in VERBS
        assert doras.get(f"/{SLUGS[record_type]}/new/").status_code == 200, record_type


def test_the_timeline_is_filtered_searched_and_read_page_by_page(alices: Client, cast: Cast, world: World) -> None:
    with cast.acting(cast.alice):
        for number in range(25):
            Note.create(text=f"Talked about valve {number:02}", about=[world.acme])
        Task.create(subject="Send the quote", owner=cast.alice, about=[world.acme])
    address = record_address("organisation", world.acme.pk)
    notes = alices.get(f"{address}?kind=note").content.decode()
    assert "valve 24" in notes
    assert "Send the quote" not in notes.split('id="timeline"')[1]
    older = notes.split('id="timeline-older"')[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    assert "valve 00" in alices.get(older).content.decode()
    found = alices.get(f"{address}?q=valve+07").content.decode()
    assert "valve 07" in found
    assert "valve 08" not in found
    for nonsense in ("?before=x", "?kind=x", "?q=%00", "?before=2026-01-01~0~0", "?tab=%00", "?compose=%F0"):
        assert alices.get(address + nonsense).status_code == 200, nonsense


def test_htmx_gets_only_the_part_it_asked_for(alices: Client, world: World) -> None:
    address = record_address("organisation", world.acme.pk)
    part = alices.get(address, headers={"HX-Request": "true", "HX-Target": "section#timeline"}).content.decode()
    assert "<html" not in part
    assert "timeline-filters" in part


def test_a_panel_loaded_later_asks_for_nothing_more(alices: Client, world: World) -> None:
    address = record_address("organisation", world.acme.pk)
    assert f"{address}panel/former-people/" in alices.get(f"{address}?tab=related").content.decode()
    later = alices.get(f"{address}panel/former-people/", headers={"HX-Request": "true"}).content.decode()
    assert "hx-get" not in later


def test_an_activity_leads_to_what_it_is_about(alices: Client, cast: Cast, world: World) -> None:
    with cast.acting(cast.alice):
        task = Task.create(subject="Call", about=[world.petra], owner=cast.alice)
    page = alices.get(record_address("task", task.pk)).content.decode()
    for linked in (world.petra, world.acme):
        assert f'href="{record_address(linked.record_type, linked.pk)}"' in page


def test_types_without_timeline_show_all_they_have_on_a_phone(alices: Client, cast: Cast) -> None:
    page = alices.get(record_address("team", cast.north.pk)).content.decode()
    assert "data-tab" not in page
    assert 'id="panel-members"' in page
