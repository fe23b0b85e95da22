"""What a user is told: a mention, a task given, a reminder.

Made by toolchain.client from the description of the API; changes are lost.
"""

from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

from ..records import Outcome, ReadOnlyCollection


@dataclass(frozen=True)
class Notification:
    """What a user is told: a mention, a task given, a reminder."""

    id: str
    type: str | None = None
    title: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
    user: str | None = None
    at: str | None = None
    kind: (
        Literal[
            "mention", "assigned", "reminder", "gave_up", "shared", "exported", "drill_failed", "alarm_rung", "question"
        ]
        | None
    ) = None
    item_type: str | None = None
    item_title: str | None = None
    sender: str | None = None
    read_at: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


class NotificationMarkRead(TypedDict, total=False):
    """NotificationMarkRead: what may be given."""


class NotificationCollection(ReadOnlyCollection[Notification]):
    """What a user is told: a mention, a task given, a reminder."""

    path = "notifications"
    kind = Notification

    def mark_read(
        self, key: str, arguments: NotificationMarkRead | None = None, *, etag: str | None = None
    ) -> Outcome[Notification]:
        """Take it off the counter."""
        return self._do(key, "mark-read", arguments, etag)
