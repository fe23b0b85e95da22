"""Undo restores what was before, and leaves alone and lists what was changed since."""

from collections.abc import Callable

import pytest

from rapport.core.actors import Actor, ActorKind, acting_as
from rapport.core.bulk import create_many
from rapport.core.clock import now, today
from rapport.core.events import Event, batch, collecting_events
from rapport.core.identifiers import uuid7
from rapport.core.problems import Forbidden, Problem
from rapport.core.undo import may_undo, undo_batch, undo_event
from rapport.directory.models import Organisation
from rapport.identity.models import Team, User
from rapport.insights.models import StandingThen, VolumeForecast

pytestmark = pytest.mark.django_db


def last_event() -> Event:
    return Event.objects.latest("id")


def test_undo_of_a_creation_removes_the_record(as_system: Actor) -> None:
    Team.create(name="North")
    undo_event(last_event())
    assert not Team.objects.exists()


def test_undo_of_a_change_puts_the_old_values_back(as_system: Actor) -> None:
    team = Team.create(name="North")
    team.change(name="South")
    undo_event(last_event())
    assert Team.objects.get().name == "North"


def test_undo_of_a_deletion_brings_back_the_same_record(as_system: Actor) -> None:
    team = Team.create(name="North")
    key, born = team.pk, team.created_at
    team.remove()
    undo_event(last_event())
    restored = Team.objects.get()
    assert (restored.pk, restored.name, restored.created_at) == (key, "North", born)


def test_a_field_changed_since_is_kept_and_listed(as_system: Actor) -> None:
    user = User.create(name="Zoe", job_title="Seller", phone="1")
    with collecting_events() as events:
        user.change(job_title="Lead seller", phone="2")
    user.change(phone="3")
    result = undo_event(events[0])
    user.refresh_from_db()
    assert (user.job_title, user.phone) == ("Seller", "3")
    assert [(conflict.field, conflict.record_id) for conflict in result.conflicts] == [("phone", user.pk)]


def test_a_record_changed_since_its_creation_is_kept(as_system: Actor) -> None:
    with collecting_events() as events:
        team = Team.create(name="North")
    team.change(name="South")
    result = undo_event(events[0])
    assert Team.objects.get().name == "South"
    assert result.conflicts[0].field == "name"


@pytest.mark.parametrize(
    ("model", "refer"),
    [
        (Team, lambda team: User.create(name="Yan", team=team)),
        (User, lambda user: Organisation.create(name="Harbour Lights", owner=user)),
    ],
    ids=["a team with a member", "an owner"],
)
def test_a_record_that_others_refer_to_by_now_is_kept(
    as_system: Actor, model: type[Team | User], refer: Callable[[Team | User], object]
) -> None:
    with collecting_events() as events:
        record = model.create(name="Zoe")
    refer(record)
    result = undo_event(events[0])
    assert model.objects.filter(pk=record.pk).exists()
    assert "refer to it" in result.conflicts[0].reason


def test_what_a_job_worked_out_about_a_record_goes_with_it(as_system: Actor) -> None:
    with collecting_events() as events:
        team = Team.create(name="North")
    VolumeForecast.objects.create(at=now(), team=team)
    StandingThen.objects.create(at=today(), month=today(), team=team, commit=1, weighted=1, count=1, unknown=0)
    result = undo_event(events[0])
    assert not result.conflicts
    assert not Team.objects.exists()
    assert not VolumeForecast.objects.exists()
    assert not StandingThen.objects.exists()


def test_undo_can_itself_be_undone_and_done_again(as_system: Actor) -> None:
    team = Team.create(name="North")
    with collecting_events() as events:
        team.change(name="South")
    undone = undo_event(events[0])
    redone = undo_event(undone.event)
    assert Team.objects.get().name == "South"
    undo_event(events[0])
    assert Team.objects.get().name == "North"
    assert redone.event.undoes == undone.event


def test_nothing_is_undone_twice(as_system: Actor) -> None:
    Team.create(name="North")
    event = last_event()
    undo_event(event)
    with pytest.raises(Problem, match="already undone"):
        undo_event(event)


def test_a_batch_is_undone_as_a_whole_and_can_be_done_again(as_system: Actor) -> None:
    identifier = uuid7()
    with batch(identifier):
        north = Team.create(name="North")
        Team.create(name="South", parent=north)
        User.create(name="Zoe", team=north)
    undo_batch(identifier)
    assert (Team.objects.count(), User.objects.count()) == (0, 0)
    assert undo_batch(identifier) == []
    Team.create(name="North")


def test_people_undo_their_own_doings_only() -> None:
    zoe = Actor(ActorKind.HUMAN, "Zoe", uuid7(), frozenset({"team.create", "team.change"}))
    yan = Actor(ActorKind.HUMAN, "Yan", uuid7(), frozenset({"team.create", "team.change"}))
    with acting_as(zoe):
        Team.create(name="North")
    event = last_event()
    assert may_undo(zoe, event)
    assert not may_undo(yan, event)
    with acting_as(yan), pytest.raises(Forbidden):
        undo_event(event)


def test_undo_of_many_rows_at_once_keeps_only_those_changed_since(as_system: Actor, bulk_teams: Event) -> None:
    changed = Team.objects.get(name="Team 7")
    changed.change(name="Team seven")
    result = undo_event(bulk_teams)
    assert list(Team.objects.values_list("name", flat=True)) == ["Team seven"]
    assert len(result.conflicts) == 1


@pytest.fixture
def bulk_teams(as_system: Actor) -> Event:
    from rapport.core.actors import current_actor
    from rapport.core.work import Work, working

    work = Work("team.create", current_actor())
    with working(work):
        create_many(Team, [{"name": f"Team {number}"} for number in range(20)])
    return work.write_event(Team)
