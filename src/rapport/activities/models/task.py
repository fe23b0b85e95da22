"""Tasks: what somebody is to do, by when; reminders; done and open again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from rapport.core.bulk import change_many
from rapport.core.clock import now, today
from rapport.core.problems import Problem
from rapport.core.verbs import verb
from rapport.core.work import current_work, work_under_way
from rapport.identity.models import User

from ..notices import NoticeKind, tell
from .activity import Activity

REMINDERS_AT_ONCE = 500


class Priority(models.TextChoices):
    """How much it matters."""

    LOW = "low", _("Low")
    NORMAL = "normal", _("Normal")
    HIGH = "high", _("High")
    URGENT = "urgent", _("Urgent")

    @classmethod
    def rank(cls) -> Case:
        """For `order_by`: the more it matters, the sooner it comes."""
        ranks = {cls.URGENT: 0, cls.HIGH: 1, cls.NORMAL: 2, cls.LOW: 3}
        return Case(*(When(priority=key, then=Value(rank)) for key, rank in ranks.items()), default=Value(2))


class TaskStatus(models.TextChoices):
    """How far it has come."""

    OPEN = "open", _("Open")
    UNDER_WAY = "under_way", _("Under way")
    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")


IS_OPEN = ~Q(status="done")


class Task(Activity):
    """Something that its owner is to do, until its status is done; `done_at` is when that was, where known."""

    due_on = models.DateField(_("due"), null=True, blank=True)
    reminder_at = models.DateTimeField(_("reminder"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True, editable=False)
    priority = models.CharField(_("priority"), max_length=10, choices=Priority.choices, default=Priority.NORMAL)
    status = models.CharField(_("status"), max_length=10, choices=TaskStatus.choices, default=TaskStatus.OPEN)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta(Activity.Meta):
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = [
            *Activity.Meta.indexes,
            models.Index(fields=["owner", "due_on", "id"], name="task_open_by_owner", condition=IS_OPEN),
            models.Index(
                fields=["reminder_at"],
                name="task_to_remind",
                condition=IS_OPEN & Q(reminded_at=None, reminder_at__isnull=False),
            ),
        ]

    @classmethod
    def placed_at(cls, values: Mapping[str, Any]) -> datetime:
        """Where it was done; while open, where it was set."""
        moment: datetime = values.get("done_at") or values["at"]
        return moment

    @classmethod
    def complete_rows(cls, rows: Sequence[dict[str, Any]]) -> None:
        """A task with a moment of completion is done, in bulk as in `clean`."""
        super().complete_rows(rows)
        for row in rows:
            row["status"], row["done_at"] = _settled(row["status"], row["done_at"])

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return self.status == TaskStatus.DONE

    @property
    def is_overdue(self) -> bool:
        """Whether it should have been done before today."""
        return not self.is_done and self.due_on is not None and self.due_on < today()

    def clean(self) -> None:
        """A task says what is to be done; a reminder that was moved rings again."""
        super().clean()
        if not self.title:
            raise ValidationError({"subject": _("Say in a few words what is to be done.")})
        work = work_under_way()
        known = (work.baselines.get(self.pk) if work else None) or {}
        self._settle(was_done=known.get("status") == TaskStatus.DONE)
        if known and known["reminder_at"] != self.reminder_at:
            self.reminded_at = None

    def _settle(self, *, was_done: bool) -> None:
        """Keep status and moment of completion in agreement, whichever of them was changed."""
        if self.is_done and not was_done:
            self.done_at = self.done_at or now()
        elif not self.is_done and was_done:
            self.done_at = None
        else:
            self.status, self.done_at = _settled(self.status, self.done_at)

    def save(self, *args: Any, **options: Any) -> None:
        """Write the row and tell a new owner about it."""
        super().save(*args, **options)
        before = current_work().rows[self.pk].before or {}
        if self.owner_id != before.get("owner_id") and not self.is_done:
            tell(self.owner_id, NoticeKind.ASSIGNED, about=self)

    @verb(label=_("Complete"), past=_("completed"))
    def complete(self) -> None:
        """Mark the task as done now."""
        if self.is_done:
            raise Problem(_("This task is already done."))
        self.status, self.done_at = TaskStatus.DONE, now()
        self.save()

    @verb(label=_("Reopen"), past=_("reopened"))
    def reopen(self) -> None:
        """Put a task that was done back on the list."""
        if not self.is_done:
            raise Problem(_("This task is still open."))
        self.status, self.done_at = TaskStatus.OPEN, None
        self.save()

    @verb(label=_("Snooze"), past=_("snoozed"))
    def snooze(self, until: datetime) -> None:
        """Be reminded later, at `until` (aware); a due day before that moves to it."""
        if until <= now():
            raise Problem(_("Choose a moment in the future."))
        self.reminder_at, self.reminded_at = until, None
        if self.due_on is not None and self.due_on < until.date():
            self.due_on = until.date()
        self.save()

    @verb(label=_("Assign"), past=_("assigned"))
    def assign(self, to: User) -> None:
        """Give the task to somebody, who is told about it."""
        self.owner, self.team = to, None
        self.save()

    @classmethod
    @verb(label=_("Remind"), past=_("reminded"))
    def remind(cls) -> int:
        """Notify the owners of open tasks whose reminder is due, each once; returns how many. Done by a job."""
        due = list(cls.to_remind().select_for_update(skip_locked=True)[:REMINDERS_AT_ONCE])
        for task in due:
            tell(task.owner_id, NoticeKind.REMINDER, about=task)
        change_many(cls, {task.pk: {"reminded_at": now()} for task in due})
        return len(due)

    @classmethod
    def to_remind(cls) -> "models.QuerySet[Self]":
        """Open tasks whose reminder has come, longest waiting first."""
        waiting = cls._base_manager.filter(IS_OPEN, reminded_at=None, reminder_at__lte=now())
        return waiting.order_by(F("reminder_at"), "id")


def _settled(status: str, done_at: datetime | None) -> tuple[str, datetime | None]:
    """A task that was done at some moment is done; where only the status says so, the moment stays unknown."""
    return (TaskStatus.DONE.value, done_at) if done_at is not None else (status, None)
