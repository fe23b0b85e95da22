"""Meetings: planned, moved, held with minutes, cancelled; who attends and where they stand."""

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from rapport.activities.attendees import Attendees
from rapport.activities.bulk import create_activities
from rapport.activities.models import Meeting, MeetingStatus
from rapport.activities.queries import meetings_today
from rapport.core.actors import Actor
from rapport.core.clock import today
from rapport.core.problems import Problem
from rapport.core.work import Work, working
from rapport.directory.models import Organisation, Person
from rapport.governance.domains import ValueProblem
from rapport.identity.actors import actor_for
from tests.activities.conftest import titles
from tests.cast import Cast

DOMAIN = Attendees()


def at(hour: int, *, days: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(today() + timedelta(days=days), time(hour)))


@pytest.fixture
def meeting(cast: Cast, acme: Organisation, zoe: Person) -> Meeting:
    with cast.acting(cast.alice):
        return Meeting.create(
            subject="Demo", at=at(10), ends_at=at(11), attendees=[zoe, cast.bob], owner=cast.alice, place="Their plant"
        )


def test_it_stands_on_the_timelines_of_the_people_who_attend_and_their_organisation(
    cast: Cast, meeting: Meeting, acme: Organisation, zoe: Person
) -> None:
    alice = actor_for(cast.alice)
    assert titles(alice, zoe) == titles(alice, acme) == ["Demo"]


def test_owner_and_colleagues_who_attend_have_it_today(cast: Cast, meeting: Meeting) -> None:
    for who in (cast.alice, cast.bob):
        assert list(meetings_today(actor_for(who))) == [meeting]
    assert list(meetings_today(actor_for(cast.charlie))) == []


def test_today_leaves_out_other_days_and_what_was_cancelled(cast: Cast, meeting: Meeting) -> None:
    with cast.acting(cast.alice) as alice:
        tomorrow = Meeting.create(subject="Tomorrow", at=at(9, days=1), owner=cast.alice)
        early = Meeting.create(subject="Early", at=at(8), owner=cast.alice)
        off = Meeting.create(subject="Off", at=at(12), owner=cast.alice)
        off.cancel()
        assert list(meetings_today(alice)) == [early, meeting]
        assert list(meetings_today(alice, days=2)) == [early, meeting, tomorrow]


def test_held_with_minutes(cast: Cast, meeting: Meeting) -> None:
    with cast.acting(cast.alice):
        meeting.hold(minutes="They want three.")
    meeting.refresh_from_db()
    assert (meeting.status, meeting.text) == (MeetingStatus.HELD, "They want three.")


def test_moving_keeps_its_length_and_plans_it_again(cast: Cast, meeting: Meeting) -> None:
    with cast.acting(cast.alice):
        meeting.cancel()
        with pytest.raises(Problem, match="already"):
            meeting.cancel()
        meeting.move(starts_at=at(15))
    assert (meeting.status, meeting.at, meeting.ends_at) == (MeetingStatus.PLANNED, at(15), at(16))


def test_it_ends_after_it_starts(cast: Cast, acme: Organisation) -> None:
    with cast.acting(cast.alice), pytest.raises(ValidationError, match="end after it starts"):
        Meeting.create(subject="Backwards", at=at(10), ends_at=at(9), about=[acme])


def test_guests_are_recognised_by_address_and_name(cast: Cast, acme: Organisation, zoe: Person) -> None:
    guests = ["Zoe <ZOE@acme.example>", "bob@rapport.example", "charlie  COSTA", "Mr Nobody", "unknown@acme.example"]
    with cast.acting(cast.alice) as alice:
        meeting = Meeting.create(subject="Visit", at=at(10), attendees=guests)
        assert [one["type"] for one in meeting.attendees] == ["person", "user", "user", "guest", "guest"]
        by_name = Meeting.create(subject="Again", at=at(11), attendees=["zoé laurent"])
    assert by_name.attendees == [{"type": "person", "id": str(zoe.pk), "name": "Zoé Laurent"}]
    assert titles(alice, acme) == ["Again", "Visit"]
    assert list(meetings_today(actor_for(cast.bob))) == [meeting]
    assert DOMAIN.display(meeting.attendees) == (
        "Zoé Laurent, Bob Bernard, Charlie Costa, Mr Nobody, unknown@acme.example"
    )


def test_what_two_people_share_names_neither(cast: Cast, acme: Organisation, zoe: Person) -> None:
    with cast.acting(cast.alice):
        Person.create(first_name="Zoé", last_name="Laurent", emails=[{"kind": "work", "value": "zoe@acme.example"}])
        meeting = Meeting.create(subject="Visit", attendees=["zoe@acme.example", "Zoé Laurent"])
    assert [one["type"] for one in meeting.attendees] == ["guest", "guest"]


def test_whoever_was_linked_stays_so_when_the_list_is_written_again(cast: Cast, zoe: Person) -> None:
    """Also when the name alone would no longer do, because there are two of it by now."""
    with cast.acting(cast.alice):
        meeting = Meeting.create(subject="Visit", attendees=[zoe, cast.bob])
        Person.create(first_name="Zoé", last_name="Laurent")
        meeting.change(attendees=DOMAIN.parse(DOMAIN.export(meeting.attendees) + "; Mr Nobody"))
    assert [one["type"] for one in meeting.attendees] == ["person", "user", "guest"]
    assert meeting.attendees[0]["id"] == str(zoe.pk)


def test_whoever_is_taken_off_the_list_has_it_on_their_timeline_no_more(
    cast: Cast, acme: Organisation, zoe: Person
) -> None:
    with cast.acting(cast.alice) as alice:
        meeting = Meeting.create(subject="Visit", attendees=[zoe])
        meeting.change(attendees=[cast.bob])
    assert titles(alice, zoe) == titles(alice, acme) == []


def test_many_meetings_at_once_recognise_their_guests(as_system: Actor, acme: Organisation, zoe: Person) -> None:
    rows = [{"subject": f"Visit {n}", "at": at(10), "attendees": ["zoe@acme.example", "Mr Nobody"]} for n in range(5)]
    with working(Work("meeting.create", as_system)):
        create_activities(Meeting, rows)
    assert len(titles(as_system, acme)) == len(titles(as_system, zoe)) == 5


def test_attendees_are_read_as_they_are_written() -> None:
    read = DOMAIN.parse("Zoé Laurent, Mr Nobody; zoe@acme.example")
    assert [one["name"] for one in read] == ["Zoé Laurent", "Mr Nobody", "zoe@acme.example"]
    assert DOMAIN.parse(DOMAIN.export(read)) == read
    assert DOMAIN.parse(" ; ") is None
    with pytest.raises(ValueProblem, match="not understood"):
        DOMAIN.parse([{"type": "planet", "id": "x", "name": "Mars"}])
