"""Notifications as lines to read: what was said, when, where it leads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rapport.activities.concealed_titles import conceal_titles
from rapport.activities.models import Notification
from rapport.activities.notices import NoticeKind
from rapport.core.actors import current_actor
from rapport.web.places import told_address

_ICONS = {
    NoticeKind.MENTION: "at-sign",
    NoticeKind.ASSIGNED: "user-plus",
    NoticeKind.REMINDER: "alarm-clock",
    NoticeKind.EXPORTED: "download",
    NoticeKind.DRILL_FAILED: "octagon-x",
    NoticeKind.ALARM_RUNG: "siren",
    NoticeKind.QUESTION: "scale",
}


@dataclass(frozen=True)
class Line:
    """One notification; `href` is empty where the record has no page."""

    key: UUID
    text: str
    icon: str
    at: datetime
    is_unread: bool
    href: str


def lines_of(notifications: Iterable[Notification]) -> list[Line]:
    """Each as a line; what is about a record no longer seen keeps its sender and loses the record's name."""
    notifications = list(notifications)
    seen = conceal_titles(notifications, current_actor())
    return [
        Line(
            key=one.pk,
            text=one.title,
            icon=_ICONS.get(NoticeKind(one.kind), "bell"),
            at=one.at,
            is_unread=one.read_at is None,
            href=told_address(one.item_type, one.item_id) if one.item_id in seen else "",
        )
        for one in notifications
    ]
