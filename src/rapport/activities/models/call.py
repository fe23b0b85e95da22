"""Calls: who rang whom, for how long, and what came of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .activity import Activity


class Direction(models.TextChoices):
    """Who began."""

    IN = "in", _("Incoming")
    OUT = "out", _("Outgoing")


class CallOutcome(models.TextChoices):
    """How the call ended."""

    REACHED = "reached", _("Reached")
    NO_ANSWER = "no_answer", _("No answer")
    BUSY = "busy", _("Busy")
    VOICEMAIL = "voicemail", _("Left a message")
    WRONG_NUMBER = "wrong_number", _("Wrong number")


class Call(Activity):
    """A telephone or video call; `at` is when it began, `text` what was said."""

    direction = models.CharField(_("direction"), max_length=3, choices=Direction.choices, default=Direction.OUT)
    seconds = models.PositiveIntegerField(_("duration in seconds"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=CallOutcome.choices, blank=True)

    class Meta(Activity.Meta):
        verbose_name = _("call")
        verbose_name_plural = _("calls")
