"""Tasks: what somebody is to do, by when; reminders; done and open again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
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


class Task(Activity):
    """Something that its owner is to do; open until `done_at`."""

    due_on = models.DateField(_("due"), null=True, blank=True)
    reminder_at = models.DateTimeField(_("reminder"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True, editable=False)
    priority = models.CharField(_("priority"), max_length=10, choices=Priority.choices, default=Priority.NORMAL)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta(Activity.Meta):
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = [
            *Activity.Meta.indexes,
            models.Index(fields=["owner", "due_on", "id"], name="task_open_by_owner", condition=Q(done_at=None)),
            models.Index(
                fields=["reminder_at"],
                name="task_to_remind",
                condition=Q(done_at=None, reminded_at=None, reminder_at__isnull=False),
            ),
        ]

    @classmethod
    def placed_at(cls, values: Mapping[str, Any]) -> datetime:
        """Where it was done; while open, where it was set."""
        moment: datetime = values.get("done_at") or values["at"]
        return moment

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return self.done_at is not None

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
        known = work.baselines.get(self.pk) if work else None
        if known is not None and known["reminder_at"] != self.reminder_at:
            self.reminded_at = None

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
        self.done_at = now()
        self.save()

    @verb(label=_("Reopen"), past=_("reopened"))
    def reopen(self) -> None:
        """Put a task that was done back on the list."""
        if not self.is_done:
            raise Problem(_("This task is still open."))
        self.done_at = None
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
        waiting = cls._base_manager.filter(done_at=None, reminded_at=None, reminder_at__lte=now())
        return waiting.order_by(F("reminder_at"), "id")
