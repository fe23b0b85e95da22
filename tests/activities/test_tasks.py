"""Tasks: done, open again, put off, given away, and in whose list they stand."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from rapport.activities.models import Notification, Task, TaskStatus
from rapport.activities.queries import my_tasks
from rapport.core.clock import now, today
from rapport.core.events import Event
from rapport.core.problems import Forbidden, Problem
from rapport.core.undo import undo_event
from rapport.directory.models import Organisation
from rapport.identity.actors import actor_for
from tests.cast import Cast


@pytest.fixture
def task(cast: Cast, acme: Organisation) -> Task:
    with cast.acting(cast.alice):
        return Task.create(subject="Send the quote", about=[acme], owner=cast.alice, due_on=today())


def test_completing_it_says_when(cast: Cast, task: Task) -> None:
    with cast.acting(cast.alice):
        task.complete()
        assert task.is_done
        assert task.done_at is not None
        with pytest.raises(Problem, match="already done"):
            task.complete()
        task.reopen()
        assert (task.status, task.done_at) == (TaskStatus.OPEN, None)
        with pytest.raises(Problem, match="still open"):
            task.reopen()


def test_completing_it_can_be_undone(cast: Cast, task: Task) -> None:
    with cast.acting(cast.alice):
        task.complete()
        undo_event(Event.objects.latest("id"))
    task.refresh_from_db()
    assert not task.is_done
    assert task.done_at is None


def test_status_and_moment_agree_whichever_is_changed(cast: Cast, task: Task) -> None:
    with cast.acting(cast.alice):
        task.change(status="done")
        assert task.done_at is not None
        task.change(status="waiting")
        assert task.done_at is None
        task.change(done_at=now())
        assert task.status == TaskStatus.DONE


def test_a_task_says_what_is_to_be_done(cast: Cast, acme: Organisation) -> None:
    with cast.acting(cast.alice), pytest.raises(ValidationError, match="what is to be done"):
        Task.create(about=[acme])


def test_snoozing_moves_the_reminder_and_a_day_before_it(cast: Cast, task: Task) -> None:
    later = now() + timedelta(days=3)
    with cast.acting(cast.alice):
        task.snooze(until=later)
        assert (task.reminder_at, task.due_on) == (later, later.date())
        with pytest.raises(Problem, match="future"):
            task.snooze(until=now() - timedelta(hours=1))


def test_giving_it_away_tells_the_new_owner_and_moves_it_to_their_list(cast: Cast, task: Task) -> None:
    with cast.acting(cast.alice):
        task.assign(to=cast.charlie)
    assert task.team == cast.south
    told = Notification.objects.get()
    assert (told.user, told.title) == (cast.charlie, "Alice Almeida gave you a task: Send the quote")
    assert my_tasks(actor_for(cast.alice)).today == ()
    assert my_tasks(actor_for(cast.charlie)).today == (task,)


def test_giving_it_away_can_be_undone_and_tells_nobody_then(cast: Cast, task: Task) -> None:
    with cast.acting(cast.alice):
        task.assign(to=cast.charlie)
        undo_event(Event.objects.latest("id"))
    assert not Notification.objects.exists()
    task.refresh_from_db()
    assert (task.owner, task.team) == (cast.alice, cast.north)


def test_nobody_is_told_of_what_they_give_themselves(cast: Cast, task: Task) -> None:
    assert not Notification.objects.exists()


def test_my_tasks_are_sorted_by_day_and_urgency(cast: Cast, acme: Organisation) -> None:
    def make(subject: str, days: int | None, priority: str = "normal") -> None:
        due_on = None if days is None else today() + timedelta(days=days)
        Task.create(subject=subject, owner=cast.alice, due_on=due_on, priority=priority, about=[acme])

    with cast.acting(cast.alice) as alice:
        make("Tomorrow", 1)
        make("Late", -2)
        make("Later still", -3)
        make("Today, small", 0, "low")
        make("Today, urgent", 0, "urgent")
        make("Some day", None)
        Task.create(subject="Done", owner=cast.alice, due_on=today(), status="done")
        tasks = my_tasks(alice)
    assert [task.subject for task in tasks.overdue] == ["Later still", "Late"]
    assert [task.subject for task in tasks.today] == ["Today, urgent", "Today, small"]
    assert [task.subject for task in tasks.upcoming] == ["Tomorrow"]
    assert [task.subject for task in tasks.undated] == ["Some day"]
    assert all(task.is_overdue for task in tasks.overdue)


def test_a_reader_completes_nothing(cast: Cast, task: Task) -> None:
    with cast.acting(cast.stranger), pytest.raises(Forbidden):
        task.complete()
