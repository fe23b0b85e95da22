"""Telling users: notifications are written within the verb that gives the reason for them."""

from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import current_actor
from rapport.core.bulk import create_many
from rapport.core.records import Record
from rapport.identity.models import Share, User
from rapport.identity.roles import Role


class NoticeKind(models.TextChoices):
    """Why a user is told."""

    MENTION = "mention", _("Mention")
    ASSIGNED = "assigned", _("Assigned")
    REMINDER = "reminder", _("Reminder")
    GAVE_UP = "gave_up", _("Webhook stopped")
    SHARED = "shared", _("Shared")
    EXPORTED = "exported", _("Export ready")
    DRILL_FAILED = "drill_failed", _("Stop switch failed its drill")
    ALARM_RUNG = "alarm_rung", _("Alarm about an estimator")
    QUESTION = "question", _("Question of a trial")

    @property
    def sentence(self) -> str | Promise:
        """What the notification says."""
        return _SENTENCES[self]


_SENTENCES: dict[NoticeKind, str | Promise] = {
    NoticeKind.MENTION: _("%(sender)s mentioned you: %(title)s"),
    NoticeKind.ASSIGNED: _("%(sender)s gave you a task: %(title)s"),
    NoticeKind.REMINDER: _("Reminder: %(title)s"),
    NoticeKind.GAVE_UP: _("A webhook took nothing for a day and was paused: %(title)s"),
    NoticeKind.EXPORTED: _("Your export is ready: %(title)s"),
    NoticeKind.DRILL_FAILED: _("The stop switch failed its drill. Machines only propose now: look under AI control."),
    NoticeKind.ALARM_RUNG: _(
        "An alarm stands about “%(title)s”. What rests on it only proposes: look under AI control."
    ),
    NoticeKind.SHARED: _("%(sender)s shared with you: %(title)s"),
    NoticeKind.QUESTION: _("A trial asks for your estimate before you see the machine's: %(title)s"),
}


def tell_of_share(record: Record, share: Share) -> None:
    """Notify the person, or each member of the team, with whom a record was shared."""
    if share.user_id is not None:
        tell(share.user_id, NoticeKind.SHARED, about=record)
        return
    for user_id in User.objects.filter(team=share.team, is_active=True).values_list("pk", flat=True):
        tell(user_id, NoticeKind.SHARED, about=record)


def tell_of_failed_drill(drill: Record) -> None:
    """Notify each administrator that machines were not stopped as they should be."""
    _tell_administrators(NoticeKind.DRILL_FAILED, about=drill)


def tell_of_alarm(alarm: Record) -> None:
    """Notify each administrator that what machines rest on is no longer what it was."""
    _tell_administrators(NoticeKind.ALARM_RUNG, about=alarm)


def tell_of_question(user_id: UUID, trial: Record) -> None:
    """Notify somebody that a trial asks them."""
    tell(user_id, NoticeKind.QUESTION, about=trial)


def _tell_administrators(kind: NoticeKind, *, about: Record) -> None:
    for user_id in User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).values_list("pk", flat=True):
        tell(user_id, kind, about=about)


def tell(user_id: UUID | None, kind: NoticeKind, *, about: Record) -> None:
    """Notify a user within the verb under way; nobody is told what they did themselves."""
    actor = current_actor()
    if user_id is None or (user_id == actor.user_id and kind is not NoticeKind.REMINDER):
        return
    row = {
        "user_id": user_id,
        "kind": kind.value,
        "item_type": about.record_type,
        "item_id": about.pk,
        "item_title": about.title[:300],
        "sender": actor.name,
    }
    notification: type[Record] = apps.get_model("activities", "Notification")
    create_many(notification, [row])
