"""Questions about activities: what is to be done, today's meetings, what a team did lately, what a user is told."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value
from django.utils import timezone

from rapport.core.actors import Actor
from rapport.core.clock import today
from rapport.core.often_asked import often_asked
from rapport.core.records import Record

from .about import titles_of
from .models import ACTIVITY_TYPES, IS_OPEN, Activity, Meeting, MeetingStatus, Notification, Priority, Task
from .models.timeline_entry import TimelineEntry
from .rows import fetch


@dataclass(frozen=True)
class TaskList:
    """Open tasks of one user: late, for today, for later and without a day; each in order of day and urgency."""

    overdue: tuple[Task, ...]
    today: tuple[Task, ...]
    upcoming: tuple[Task, ...]
    undated: tuple[Task, ...]


@dataclass(frozen=True)
class Recent:
    """One activity of a team, with the name of its owner."""

    activity: Activity
    owner_name: str


def my_tasks(actor: Actor, *, limit: int = 200) -> TaskList:
    """The open tasks that the actor owns, at most `limit`, the most pressing first."""
    tasks, day = _own_open_tasks(actor, limit), today()
    return TaskList(
        overdue=tuple(task for task in tasks if task.due_on and task.due_on < day),
        today=tuple(task for task in tasks if task.due_on == day),
        upcoming=tuple(task for task in tasks if task.due_on and task.due_on > day),
        undated=tuple(task for task in tasks if task.due_on is None),
    )


@often_asked
def _own_open_tasks(actor: Actor, limit: int) -> QuerySet[Task]:
    open_tasks = Task.objects.visible_to(actor).filter(IS_OPEN, owner_id=actor.user_id)
    return open_tasks.order_by(F("due_on").asc(nulls_last=True), Priority.rank(), "id")[:limit]


def meetings_today(actor: Actor, *, days: int = 1) -> QuerySet[Meeting]:
    """The actor's own meetings of today (and, with `days`, of the days after), as owner or attendee, in order."""
    start = timezone.make_aware(datetime.combine(today(), time()))
    attends = Q(attendees__contains=[{"type": "user", "id": str(actor.user_id)}])
    meetings = Meeting.objects.visible_to(actor).exclude(status=MeetingStatus.CANCELLED)
    mine = meetings.filter(Q(owner_id=actor.user_id) | attends)
    return mine.filter(at__gte=start, at__lt=start + timedelta(days=days)).order_by("at", "id")


def recent_activity(actor: Actor, teams: Collection[UUID], *, until: datetime, limit: int = 30) -> list[Recent]:
    """What these teams did last before `until`, newest first, as far as the actor may see it."""
    newest = [_newest(model, actor, teams, until=until, limit=limit) for model in ACTIVITY_TYPES]
    found = newest[0].union(*newest[1:], all=True).order_by("-at", "-pk")[:limit]
    return _recent(fetch((kind, key) for key, _at, kind in found))


def open_tasks_about(actor: Actor, record: Record) -> QuerySet[Task]:
    """The open tasks about a record that the actor may see, by day."""
    placed = TimelineEntry.objects.filter(record_id=record.pk, item_type=Task.record_type)
    tasks = Task.objects.visible_to(actor).filter(IS_OPEN, pk__in=placed.values("item_id"))
    return tasks.order_by(F("due_on").asc(nulls_last=True), "id")


def notifications_of(actor: Actor) -> QuerySet[Notification]:
    """What the actor is told, newest first."""
    return Notification.objects.filter(Notification.scope_of(actor)).order_by("-at", "-id")


def unread_of(actor: Actor, *, most: int = 100) -> list[Notification]:
    """What the actor hasn't read yet, newest first, up to `most`."""
    return _unread(actor, most)


@often_asked
def _unread(actor: Actor, most: int) -> QuerySet[Notification]:
    return notifications_of(actor).filter(read_at=None)[:most]


def unread_count(actor: Actor, *, most: int = 100) -> int:
    """How many notifications the actor hasn't read, counted up to `most`."""
    return len(_unread_ids(actor, most))


@often_asked
def _unread_ids(actor: Actor, most: int) -> "QuerySet[Notification, UUID]":
    return Notification.objects.filter(Notification.scope_of(actor), read_at=None).values_list("pk", flat=True)[:most]


def _newest(
    model: type[Activity], actor: Actor, teams: Collection[UUID], *, until: datetime, limit: int
) -> "QuerySet[Activity, tuple[UUID, datetime, str]]":
    rows = model.objects.visible_to(actor).filter(team_id__in=list(teams), at__lte=until).order_by("-at", "-id")[:limit]
    return rows.annotate(kind=Value(model.record_type)).values_list("pk", "at", "kind")


def _recent(records: dict[UUID, Record]) -> list[Recent]:
    activities: Iterable[Activity] = [record for record in records.values() if isinstance(record, Activity)]
    ordered = sorted(activities, key=lambda activity: (activity.at, activity.pk), reverse=True)
    owners = titles_of(activity.owner_id for activity in ordered if activity.owner_id)
    return [Recent(activity, owners.get(activity.owner_id or activity.pk, "")) for activity in ordered]
