"""Notifications as lines to read: what was said, when, where it leads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.activities.models import Notification
from rapport.activities.notices import NoticeKind
from rapport.core.actors import current_actor
from rapport.core.records import RECORD_TYPES
from rapport.core.scopes import in_scope
from rapport.core.search import SearchEntry, is_searched
from rapport.web.places import record_address

_ICONS = {NoticeKind.MENTION: "at-sign", NoticeKind.ASSIGNED: "user-plus", NoticeKind.REMINDER: "alarm-clock"}


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
    seen = _seen(notifications)
    return [
        Line(
            key=one.pk,
            text=one.title if one.item_id in seen else _without_name(one),
            icon=_ICONS.get(NoticeKind(one.kind), "bell"),
            at=one.at,
            is_unread=one.read_at is None,
            href=record_address(one.item_type, one.item_id) if one.item_id in seen else "",
        )
        for one in notifications
    ]


def _seen(notifications: Sequence[Notification]) -> set[UUID]:
    """The ids of the records that the reader sees now, in one question; types without search hide nothing."""
    kinds = {one.item_type for one in notifications if one.item_type in RECORD_TYPES}
    searched = {kind for kind in kinds if is_searched(RECORD_TYPES[kind])}
    asked = [one.item_id for one in notifications if one.item_type in searched]
    others = {one.item_id for one in notifications if one.item_type not in searched}
    if not asked:
        return others
    visible = in_scope(current_actor(), searched, type_column="record_type", id_column="record_id")
    entries = SearchEntry.objects.filter(visible, record_id__in=asked)
    return others | set(entries.values_list("record_id", flat=True))


def _without_name(one: Notification) -> str:
    words = {"sender": one.sender, "title": _("a record that is gone or hidden from you")}
    return str(NoticeKind(one.kind).sentence % words)
