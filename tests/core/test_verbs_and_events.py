"""A record changes only through a verb, and each verb leaves one event."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from rapport.core.actors import SYSTEM, Actor, ActorKind, acting_as
from rapport.core.events import Change, Event, batch, because, collecting_events
from rapport.core.identifiers import uuid7
from rapport.core.problems import Forbidden, NoActor, OutsideVerb, Problem, StillNeeded
from rapport.core.verbs import GATES, VERBS, Call
from rapport.identity.models import Team, User

pytestmark = pytest.mark.django_db


def test_writing_outside_a_verb_fails(as_system: Actor) -> None:
    team = Team.create(name="North")
    for attempt in (
        lambda: Team(name="South").save(),
        team.save,
        team.delete,
        lambda: Team.objects.create(name="South"),
        lambda: Team.objects.filter(pk=team.pk).update(name="South"),
        lambda: Team.objects.all().delete(),
        lambda: Team.objects.bulk_create([Team(name="South")]),
        lambda: Team.objects.bulk_update([team], ["name"]),
    ):
        with pytest.raises(OutsideVerb):
            attempt()
    assert list(Team.objects.values_list("name", flat=True)) == ["North"]


def test_a_verb_needs_an_actor() -> None:
    with pytest.raises(NoActor):
        Team.create(name="North")


def test_an_event_tells_who_did_what_and_the_values_before_and_after(as_system: Actor) -> None:
    team = Team.create(name="North")
    with collecting_events() as events, because("it grew", source="api"):
        team.change(name="North and East")
    (event,) = events
    assert (event.verb, event.actor_name, event.source, event.reason) == ("team.change", "Rapport", "api", "it grew")
    assert (event.subject_id, event.subject_label) == (team.pk, "North and East")
    change = event.changes.get()
    assert (change.before, change.after) == ({"name": "North"}, {"name": "North and East"})


def test_a_verb_within_a_verb_is_part_of_its_event(as_system: Actor) -> None:
    user = User.create(name="Zoe")
    with collecting_events() as events:
        user.deactivate()
    assert [event.verb for event in events] == ["user.deactivate"]


def test_a_failing_verb_leaves_nothing(as_system: Actor) -> None:
    Team.create(name="North")
    before = Event.objects.count()
    with pytest.raises(ValidationError), transaction.atomic():
        Team.create(name="North")
    assert (Team.objects.count(), Event.objects.count()) == (1, before)


def test_no_change_leaves_an_event_without_changes(as_system: Actor) -> None:
    team = Team.create(name="North")
    with collecting_events() as events:
        team.change(name="North")
    assert not events[0].changes.exists()


def test_a_verb_works_on_the_row_as_it_is_now(as_system: Actor) -> None:
    team = Team.create(name="North")
    stale = Team.objects.get(pk=team.pk)
    team.change(name="South")
    stale.change(parent=None)
    assert Team.objects.get().name == "South"


def test_a_verb_on_a_deleted_record_says_so(as_system: Actor) -> None:
    team = Team.create(name="North")
    stale = Team.objects.get()
    team.remove()
    with pytest.raises(Problem, match="deleted meanwhile"):
        stale.change(name="South")


def test_who_lacks_the_permission_is_refused() -> None:
    with acting_as(Actor(ActorKind.HUMAN, "Stranger")), pytest.raises(Forbidden):
        Team.create(name="North")


def test_a_record_that_others_need_is_not_deleted(as_system: Actor) -> None:
    team = Team.create(name="North")
    User.create(name="Zoe", team=team)
    with pytest.raises(StillNeeded, match="users"):
        team.remove()


def test_a_gate_can_stop_a_verb_before_anything_is_done(as_system: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(call: Call) -> None:
        raise Forbidden(f"{call.verb.name} is closed")

    monkeypatch.setattr("rapport.core.verbs.GATES", [*GATES, refuse])
    before = Event.objects.count()
    with pytest.raises(Forbidden, match=r"team\.create is closed"):
        Team.create(name="North")
    assert Event.objects.count() == before


def test_events_of_a_batch_share_its_identifier(as_system: Actor) -> None:
    identifier = uuid7()
    with batch(identifier):
        Team.create(name="North")
        Team.create(name="South")
    assert Event.objects.filter(batch=identifier).count() == 2


@pytest.mark.parametrize("table", ["core_event", "core_change", "core_seal"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET {}", "TRUNCATE {} CASCADE"])
def test_the_database_refuses_to_rewrite_history(as_system: Actor, table: str, statement: str) -> None:
    Team.create(name="North")
    column = {"core_event": "verb = 'x'", "core_change": "before = NULL", "core_seal": "position = 7"}[table]
    text = f"SET CONSTRAINTS ALL IMMEDIATE; {statement.format(table, column)}"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text)


def test_a_password_leaves_no_trace_in_history(as_system: Actor) -> None:
    user = User.create(name="Zoe", email="zoe@rapport.example")
    user.choose_password("a long enough one 42")
    stored = [str(change.after) for change in Change.objects.all()]
    assert user.check_password("a long enough one 42")
    assert not any("argon2" in text or "md5" in text or "password" in text for text in stored)


def test_each_record_type_has_the_standard_verbs() -> None:
    assert {"team.create", "team.change", "team.remove", "user.deactivate"} <= set(VERBS)
    assert SYSTEM.may("team.create")
