"""Reminders ring once, mentions tell the colleague, and what one is told nobody else reads."""

from datetime import timedelta

import pytest

from rapport.activities.jobs import remind_of_tasks
from rapport.activities.mentions import mentioned_in
from rapport.activities.models import Note, Notification, Task
from rapport.activities.queries import notifications_of, unread_count
from rapport.core.actors import SYSTEM, acting_as
from rapport.core.clock import fixed_at, now
from rapport.core.events import Event
from rapport.core.problems import Forbidden
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation
from rapport.identity.actors import actor_for
from rapport.identity.models import User
from tests.cast import Cast
from tests.jobs import do_jobs


def told(user: User) -> list[str]:
    return [notification.title for notification in notifications_of(actor_for(user))]


@pytest.fixture
def task(cast: Cast, acme: Organisation) -> Task:
    with cast.acting(cast.alice):
        return Task.create(subject="Call Zoé", about=[acme], owner=cast.alice, reminder_at=now() + timedelta(hours=1))


def run_job() -> None:
    remind_of_tasks.defer()
    do_jobs()


def test_a_reminder_rings_once_at_its_time(cast: Cast, task: Task) -> None:
    run_job()
    assert told(cast.alice) == []
    with fixed_at(now() + timedelta(hours=2)):
        run_job()
        run_job()
    assert told(cast.alice) == ["Reminder: Call Zoé"]


def test_a_moved_reminder_rings_again(cast: Cast, task: Task) -> None:
    with fixed_at(now() + timedelta(hours=2)):
        run_job()
        with cast.acting(cast.alice):
            task.snooze(until=now() + timedelta(hours=1))
    with fixed_at(now() + timedelta(hours=4)):
        run_job()
    assert told(cast.alice) == ["Reminder: Call Zoé"] * 2


def test_a_task_that_is_done_stays_silent(cast: Cast, task: Task) -> None:
    with cast.acting(cast.alice):
        task.complete()
    with fixed_at(now() + timedelta(hours=2)):
        run_job()
    assert told(cast.alice) == []


def test_nothing_due_leaves_no_event(cast: Cast) -> None:
    before = Event.objects.count()
    run_job()
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Bob Bernard please look", ["Bob Bernard"]),
        ("please look, @bob bernard.", ["Bob Bernard"]),
        ("@Bob and @Charlie", ["Bob Bernard", "Charlie Costa"]),
        ("@Bob @Bob", ["Bob Bernard"]),
        ("(@dora)", ["Dora Dupont"]),
        ("bob@bernard.example", []),
        ("@Bobby is somebody else", []),
        ("@ Bob", []),
        ("@everybody", []),
        ("no at all", []),
    ],
)
def test_who_is_meant_by_at(cast: Cast, text: str, names: list[str]) -> None:
    by_key = {user.pk: user.name for user in User.objects.all()}
    assert [by_key[key] for key in mentioned_in(text)] == names


def test_a_first_name_that_two_have_means_neither(cast: Cast) -> None:
    with acting_as(SYSTEM):
        twin = User.create(name="Bob Barker")
    assert mentioned_in("@Bob") == []
    assert mentioned_in("@Bob Barker") == [twin.pk]


def test_whoever_is_mentioned_is_told_once(cast: Cast, acme: Organisation) -> None:
    with cast.acting(cast.alice):
        note = Note.create(text="@Bob what do you think of Acme?", about=[acme])
        assert told(cast.bob) == ["Alice Almeida mentioned you: @Bob what do you think of Acme?"]
        note.change(text="@Bob what do you think of Acme Ltd?")
        assert len(told(cast.bob)) == 1
        note.change(text="@Bob @Dora what do you think?")
    assert len(told(cast.bob)) == len(told(cast.dora)) == 1


def test_undoing_the_note_takes_the_mention_back(cast: Cast, acme: Organisation) -> None:
    with cast.acting(cast.alice):
        Note.create(text="@Bob oops", about=[acme])
        undo_event(Event.objects.latest("id"))
    assert told(cast.bob) == []


def test_mentioning_oneself_tells_nobody(cast: Cast, acme: Organisation) -> None:
    with cast.acting(cast.alice):
        Note.create(text="@Alice remember this", about=[acme])
    assert told(cast.alice) == []


def test_the_counter_goes_down_as_they_are_read(cast: Cast, acme: Organisation) -> None:
    with cast.acting(cast.alice):
        for number in range(3):
            Note.create(text=f"@Bob {number}", about=[acme])
    bob = actor_for(cast.bob)
    assert unread_count(bob) == 3
    with acting_as(bob):
        Notification.objects.visible_to(bob)[0].mark_read()
        assert unread_count(bob) == 2
        assert Notification.mark_all_read() == 2
    assert unread_count(bob) == 0
    assert unread_count(actor_for(cast.alice)) == 0


@pytest.mark.parametrize("who", ["alice", "dora"])
def test_what_one_is_told_nobody_else_sees(cast: Cast, acme: Organisation, who: str) -> None:
    with cast.acting(cast.alice):
        Note.create(text="@Bob hello", about=[acme])
    actor = actor_for(getattr(cast, who))
    assert not Notification.objects.visible_to(actor).exists()
    with acting_as(actor), pytest.raises(Forbidden):
        Notification.objects.get().mark_read()
