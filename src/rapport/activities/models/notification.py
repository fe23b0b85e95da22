"""Notifications: what a user is to be told, until they have read it."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor, ActorKind, current_actor
from rapport.core.bulk import change_many
from rapport.core.clock import now
from rapport.core.records import Record
from rapport.core.verbs import verb

from ..notices import NoticeKind


class Notification(Record):
    """One thing to tell one user: of which kind, about which record, by whom; unread until `read_at`."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications", db_index=False
    )
    at = models.DateTimeField(default=now)
    kind = models.CharField(max_length=20, choices=NoticeKind.choices)
    item_type = models.CharField(max_length=40)
    item_id = models.UUIDField()
    item_title = models.CharField(max_length=300, blank=True)
    sender = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [
            models.Index(fields=["user", "-at", "-id"], name="notification_of_user"),
            models.Index(fields=["user"], name="notification_unread", condition=Q(read_at=None)),
        ]

    @classmethod
    def title_of(cls, values: Mapping[str, Any]) -> str:
        """What it says, in the active language."""
        words = {"sender": values.get("sender") or "", "title": values.get("item_title") or ""}
        return str(NoticeKind(values["kind"]).sentence % words)

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """What somebody is told is nobody else's business."""
        return actor.kind is not ActorKind.SYSTEM

    @classmethod
    def scope_of(cls, actor: Actor) -> Q:
        """One's own."""
        return Q(user_id=actor.user_id)

    @classmethod
    def conceal_for(cls, records: Sequence[Self], actor: Actor) -> None:
        """The names of records that are no longer seen."""
        from ..concealed_titles import conceal_titles  # it needs this model

        conceal_titles(records, actor)

    def may_be_changed_by(self, actor: Actor) -> bool:
        """By whom it is for."""
        return actor.kind is ActorKind.SYSTEM or self.__dict__["user_id"] == actor.user_id

    @verb(label=_("Mark as read"), past=_("read"), permission="notification.read")
    def mark_read(self) -> None:
        """Take it off the counter."""
        if self.read_at is None:
            self.read_at = now()
            self.save()

    @classmethod
    @verb(label=_("Mark all as read"), past=_("read all"), permission="notification.read")
    def mark_all_read(cls) -> int:
        """Take all of one's own off the counter; returns how many there were."""
        unread = cls.objects.filter(cls.scope_of(current_actor()), read_at=None).values_list("pk", flat=True)
        return change_many(cls, {key: {"read_at": now()} for key in unread})
