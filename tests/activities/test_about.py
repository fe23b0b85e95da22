"""An activity is about records, and about what those stand for; nobody writes about what they may not see."""

import pytest

from rapport.activities.bulk import create_activities
from rapport.activities.models import Call, Note
from rapport.activities.relinking import move_activities, share_activities
from rapport.core.actors import Actor
from rapport.core.events import Event
from rapport.core.identifiers import uuid7
from rapport.core.problems import Problem
from rapport.core.search import search
from rapport.core.undo import undo_event
from rapport.core.work import Work, working
from rapport.directory.models import Organisation, Person
from rapport.identity.actors import actor_for
from rapport.pipeline.models import Opportunity
from tests.activities.conftest import titles
from tests.cast import Cast


def last_event() -> Event:
    return Event.objects.latest("id")


def test_a_note_about_a_person_stands_on_their_organisations_timeline(
    cast: Cast, acme: Organisation, zoe: Person
) -> None:
    with cast.acting(cast.alice) as alice:
        Note.create(text="Likes sailing", about=[zoe])
    assert titles(alice, zoe, "note") == titles(alice, acme, "note") == ["Likes sailing"]


def test_a_note_about_an_opportunity_stands_on_the_organisations_timeline(
    cast: Cast, acme: Organisation, deal: Opportunity
) -> None:
    with cast.acting(cast.alice) as alice:
        Note.create(text="Budget is there", about=[deal])
    assert titles(alice, acme, "note") == ["Budget is there"]


def test_what_is_implied_follows_when_the_note_is_put_elsewhere(cast: Cast, acme: Organisation, zoe: Person) -> None:
    with cast.acting(cast.alice) as alice:
        other = Organisation.create(name="Other")
        note = Note.create(text="Wrong place", about=[zoe])
        note.change(about=[other])
    assert titles(alice, other, "note") == ["Wrong place"]
    assert titles(alice, acme, "note") == titles(alice, zoe, "note") == []


def test_a_change_of_words_leaves_what_it_is_about_alone(cast: Cast, acme: Organisation, zoe: Person) -> None:
    """Zoé has moved since; the note was about her time at Acme."""
    with cast.acting(cast.alice) as alice:
        note = Note.create(text="Likes saling", about=[zoe])
        elsewhere = Organisation.create(name="Elsewhere")
        zoe.move_to(elsewhere)
        Note.objects.get(pk=note.pk).change(text="Likes sailing")
    assert titles(alice, acme, "note") == ["Likes sailing"]
    assert titles(alice, elsewhere, "note") == []


def test_nobody_writes_about_what_they_may_not_see(cast: Cast, deal: Opportunity) -> None:
    with cast.acting(cast.charlie), pytest.raises(Problem, match="not found"):
        Note.create(text="Let me in", about=[deal])
    assert not Note.objects.exists()


def test_nothing_can_be_noted_about_a_kind_without_a_timeline(cast: Cast) -> None:
    with cast.acting(cast.alice), pytest.raises(Problem, match="Nothing can be noted"):
        Note.create(text="Hm", about=[cast.north])


def test_about_may_name_a_record_that_is_gone_as_long_as_it_named_it_before(cast: Cast, zoe: Person) -> None:
    with cast.acting(cast.dora):
        note = Note.create(text="One", about=[zoe])
        zoe.remove()
        note.change(text="Two")
    assert Note.objects.get().text == "Two"


def test_many_at_once_stand_where_single_ones_would(as_system: Actor, acme: Organisation, zoe: Person) -> None:
    with working(Work("call.create", as_system)):
        create_activities(Call, [{"text": f"Call {n}", "about": [("person", zoe.pk)]} for n in range(50)])
    assert len(titles(as_system, acme, "call")) == len(titles(as_system, zoe, "call")) == 50
    single = Call.create(text="Single", about=[zoe])
    assert Call.objects.filter(about=single.about).count() == 51


def test_many_at_once_about_an_unknown_kind_are_refused(as_system: Actor) -> None:
    with working(Work("call.create", as_system)), pytest.raises(Problem):
        create_activities(Call, [{"text": "Hm", "about": [("planet", uuid7())]}])


def test_undo_of_a_removal_puts_it_back_on_the_timelines(cast: Cast, acme: Organisation, zoe: Person) -> None:
    with cast.acting(cast.alice) as alice:
        note = Note.create(text="Keep me", about=[zoe])
        note.remove()
        assert titles(alice, acme, "note") == []
        undo_event(last_event())
    assert titles(alice, acme, "note") == titles(alice, zoe, "note") == ["Keep me"]


def test_undo_of_a_creation_takes_it_off_the_timelines(cast: Cast, acme: Organisation) -> None:
    with cast.acting(cast.alice) as alice:
        Note.create(text="Never mind", about=[acme])
        undo_event(last_event())
    assert titles(alice, acme, "note") == []


def test_activities_are_shared_and_moved_when_records_join(cast: Cast, acme: Organisation, zoe: Person) -> None:
    with cast.acting(cast.dora) as dora:
        twin, heir = Organisation.create(name="Acme Ltd"), Organisation.create(name="Heir")
        Note.create(text="First", about=[twin])
        with working(Work("organisation.merge_into", dora)) as work:
            assert move_activities(twin, to=acme) == 1
            work.write_event(twin)
        assert (titles(dora, twin, "note"), titles(dora, acme, "note")) == ([], ["First"])
        with working(Work("lead.convert", dora)) as work:
            assert share_activities(acme, others=[heir]) == 1
            work.write_event(acme)
        assert titles(dora, acme, "note") == titles(dora, heir, "note") == ["First"]


def test_the_search_finds_the_words_of_a_note(cast: Cast, acme: Organisation) -> None:
    with cast.acting(cast.alice):
        Note.create(text="They are fond of hydraulic presses", about=[acme])
    hits = search(actor_for(cast.alice), "hydraulic")
    assert [hit.record_type for hit in hits] == ["note"]
