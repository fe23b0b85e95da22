"""What people answered to suggestions of what to do next, and what was shown to them."""

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.activities.models import Task
from rapport.core.actors import Actor, ActorKind, current_actor
from rapport.core.clock import now, today
from rapport.core.problems import Problem
from rapport.core.records import Record
from rapport.core.verbs import verb

KEY_LENGTH = 200


class Reply(models.TextChoices):
    """What somebody answered to a suggestion."""

    TAKEN = "taken", _("taken up")
    SNOOZED = "snoozed", _("put off")
    REFUSED = "refused", _("refused")


class WhyNot(models.TextChoices):
    """Why a suggestion was refused."""

    WRONG = "wrong", _("it is not true")
    DONE = "done", _("done already")
    NO_USE = "no_use", _("it would bring nothing")
    NOT_MINE = "not_mine", _("not my task")
    OTHER = "other", _("another reason")


class NextActionAnswer(Record):
    """One answer of one person to one suggestion; the newest one counts, and undoing takes it back."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=KEY_LENGTH)
    source = models.CharField(max_length=60)
    for_type = models.CharField(max_length=40)
    for_id = models.UUIDField()
    todo = models.CharField(max_length=300, blank=True)
    reply = models.CharField(max_length=10, choices=Reply.choices)
    until = models.DateField(null=True, blank=True)
    code = models.CharField(max_length=10, choices=WhyNot.choices, blank=True)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=now)

    if TYPE_CHECKING:
        user_id: UUID

    class Meta:
        verbose_name = _("answer to a suggestion")
        verbose_name_plural = _("answers to suggestions")
        indexes = [models.Index(fields=["user", "key", "-at"], name="next_action_answered")]

    @classmethod
    def title_of(cls, values: Any) -> str:
        """What had been suggested."""
        return str(values.get("todo") or cls._meta.verbose_name)

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """What somebody answers is theirs."""
        return actor.kind is not ActorKind.SYSTEM

    @classmethod
    def scope_of(cls, actor: Actor) -> Q:
        """One's own."""
        return Q(user_id=actor.user_id)

    def may_be_changed_by(self, actor: Actor) -> bool:
        """By whose it is."""
        return actor.kind is ActorKind.SYSTEM or self.user_id == actor.user_id

    @classmethod
    @verb(label=_("Take up a suggestion"), past=_("took up the suggestion"))
    def take(cls, *, key: str, todo: str, task: dict[str, Any] | None = None) -> "NextActionAnswer":
        """Begin with it; with `task` a task of these values is made at once. It is hidden for the rest of the day."""
        answer = cls._answered(key, todo, Reply.TAKEN)
        if task is not None:
            Task.create(**task)
        return answer

    @classmethod
    @verb(label=_("Put a suggestion off"), past=_("put off the suggestion"))
    def snooze(cls, *, key: str, todo: str, until: date) -> "NextActionAnswer":
        """Leave it out of the list until a day."""
        if until <= today():
            raise ValidationError({"until": _("Choose a day after today: then it comes back by itself.")})
        return cls._answered(key, todo, Reply.SNOOZED, until=until)

    @classmethod
    @verb(label=_("Refuse a suggestion"), past=_("refused the suggestion"))
    def refuse(cls, *, key: str, todo: str, code: str = "", reason: str = "") -> "NextActionAnswer":
        """Leave it out for good: it does not come back while nothing about it changes."""
        return cls._answered(key, todo, Reply.REFUSED, code=code or WhyNot.OTHER, reason=reason.strip())

    @classmethod
    def _answered(cls, key: str, todo: str, reply: Reply, **more: Any) -> "NextActionAnswer":
        actor = current_actor()
        if actor.kind is not ActorKind.HUMAN or actor.user_id is None:
            raise Problem(_("A person answers suggestions."))
        source, record_type, record_id = parts_of(key)
        named = {"source": source, "for_type": record_type, "for_id": record_id}
        answer = cls(user_id=actor.user_id, key=key, todo=todo[:300], reply=reply, **named, **more)
        answer.check_facts()
        answer.save(force_insert=True)
        return answer


def parts_of(key: str) -> tuple[str, str, UUID]:
    """The source, type and record that a key names; raises `Problem` for what is no key."""
    source, _colon, rest = key.partition(":")
    record_type, _colon, rest = rest.partition(":")
    try:
        return source, record_type, UUID(rest.partition(":")[0])
    except ValueError as error:
        raise Problem(_("This suggestion is no longer there. Look at the list again.")) from error


class ShownAction(models.Model):
    """One suggestion as it first stood in somebody's list on a day, with the probability of standing there.

    `place` counts from 1; `is_up` says whether it stood among the first ones, `propensity` how probable that was before
    the day's draw, `rank` its place by the order in force. `context` is what was known then, `weight` how much it
    counts (see `learning`). What became of it is filled in later.
    """

    is_worked_out = True

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    key = models.CharField(max_length=KEY_LENGTH)
    source = models.CharField(max_length=60)
    kind = models.CharField(max_length=10)
    record_type = models.CharField(max_length=40)
    record_id = models.UUIDField()
    at = models.DateTimeField(default=now)
    is_first = models.BooleanField()
    place = models.PositiveSmallIntegerField()
    rank = models.PositiveSmallIntegerField()
    is_up = models.BooleanField()
    propensity = models.FloatField()
    order_by = models.CharField(max_length=40)
    context = models.JSONField(default=dict)
    weight = models.FloatField()
    reply = models.CharField(max_length=10, blank=True)
    done_at = models.DateTimeField(null=True)
    done_how = models.CharField(max_length=40, blank=True)
    moved_at = models.DateTimeField(null=True)
    moved_how = models.CharField(max_length=40, blank=True)

    if TYPE_CHECKING:
        user_id: UUID

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day", "key"], name="shown_once_a_day")]
        indexes = [models.Index(fields=["at"], name="shown_action_by_time")]

    def __str__(self) -> str:
        return f"{self.key} on {self.day:%Y-%m-%d}"


class NextActionReview(models.Model):
    """One look at whether a learned order is better than the stated one; kept by `insights.next_actions.learning`.

    `figures` is what was found, `reward` what was learned. `is_decided` where there was enough to decide on; then
    `is_taken` says whether the learned order ranks from then on.
    """

    at = models.DateTimeField(default=now)
    is_decided = models.BooleanField(default=False)
    is_taken = models.BooleanField(default=False)
    figures = models.JSONField(default=dict)
    reward = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["-at"], name="next_action_review_newest")]

    def __str__(self) -> str:
        return f"next actions, {self.at:%Y-%m-%d}"
