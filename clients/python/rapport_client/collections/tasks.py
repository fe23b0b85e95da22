"""Something that a colleague is to do; open until it is done.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

from ..records import Collection, Outcome, Reference


@dataclass(frozen=True)
class Task:
    """Something that a colleague is to do; open until it is done."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    subject: str | None = None
    due_on: str | None = None
    priority: Literal["low", "normal", "high", "urgent"] | None = None
    status: Literal["open", "under_way", "waiting", "done"] | None = None
    done_at: str | None = None
    reminder_at: str | None = None
    reminded_at: str | None = None
    text: str | None = None
    at: str | None = None
    about: list[Reference] | None = None
    owner: str | None = None
    team: str | None = None
    mentions: list[Reference] | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NewTask(TypedDict, total=False):
    """NewTask: what may be given."""

    subject: str | None
    due_on: str | None
    priority: Literal["low", "normal", "high", "urgent"] | None
    status: Literal["open", "under_way", "waiting", "done"] | None
    done_at: str | None
    reminder_at: str | None
    text: str | None
    at: str | None
    about: list[Reference] | None
    owner: str | None
    team: str | None


class TaskChange(TypedDict, total=False):
    """TaskChange: what may be given."""

    subject: str | None
    due_on: str | None
    priority: Literal["low", "normal", "high", "urgent"] | None
    status: Literal["open", "under_way", "waiting", "done"] | None
    done_at: str | None
    reminder_at: str | None
    text: str | None
    at: str | None
    about: list[Reference] | None
    owner: str | None
    team: str | None


class TaskAssign(TypedDict, total=False):
    """TaskAssign: what may be given."""

    to: str


class TaskComplete(TypedDict, total=False):
    """TaskComplete: what may be given."""


class TaskReopen(TypedDict, total=False):
    """TaskReopen: what may be given."""


class TaskShareWith(TypedDict, total=False):
    """TaskShareWith: what may be given."""

    user: str | None
    team: str | None
    may_edit: bool | None
    until: str | None


class TaskSnooze(TypedDict, total=False):
    """TaskSnooze: what may be given."""

    until: str


class TaskCollection(Collection[Task, NewTask, TaskChange]):
    """Something that a colleague is to do; open until it is done."""

    path = "tasks"
    kind = Task

    def assign(self, key: str, arguments: TaskAssign | None = None, *, etag: str | None = None) -> Outcome[Task]:
        """Give the task to somebody, who is told about it."""
        return self._do(key, "assign", arguments, etag)

    def complete(self, key: str, arguments: TaskComplete | None = None, *, etag: str | None = None) -> Outcome[Task]:
        """Mark the task as done now."""
        return self._do(key, "complete", arguments, etag)

    def reopen(self, key: str, arguments: TaskReopen | None = None, *, etag: str | None = None) -> Outcome[Task]:
        """Put a task that was done back on the list."""
        return self._do(key, "reopen", arguments, etag)

    def share_with(self, key: str, arguments: TaskShareWith | None = None, *, etag: str | None = None) -> Outcome[Task]:
        """Show this record to a person or a team, until a day if one is given; shared already, it is shared anew."""
        return self._do(key, "share-with", arguments, etag)

    def snooze(self, key: str, arguments: TaskSnooze | None = None, *, etag: str | None = None) -> Outcome[Task]:
        """Be reminded later, at `until` (aware); a due day before that moves to it."""
        return self._do(key, "snooze", arguments, etag)
