"""Alarms: what actions rest on is no longer what it was when it was reviewed."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor
from rapport.core.clock import now
from rapport.core.problems import Problem
from rapport.core.records import Record
from rapport.core.verbs import verb

from ..listeners import ALARM_RUNG


class Alarm(Record):
    """One alarm about one estimator; while it stands, nothing that rests on that estimator acts by itself.

    `about` is the name of the estimator without its version, `actions` those whose levels fell.
    """

    about = models.CharField(max_length=120)
    reason = models.TextField()
    evidence = models.JSONField(default=dict, blank=True)
    actions = models.JSONField(default=list, blank=True)
    rung_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("alarm")
        verbose_name_plural = _("alarms")
        constraints = [
            models.UniqueConstraint(
                fields=["about"], condition=models.Q(ended_at=None), name="one_alarm_stands_about_an_estimator"
            )
        ]

    @classmethod
    def title_of(cls, values: Mapping[str, Any]) -> str:
        """What it is about."""
        return str(values.get("about", ""))

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """Whoever is signed in sees why machines ask again."""
        return actor.user_id is None and super().restricts(actor)

    @classmethod
    @verb(label=_("Ring an alarm"), past=_("rang an alarm"))
    def ring(cls, *, about: str, reason: str, evidence: Mapping[str, Any], actions: list[str]) -> "Alarm":
        """Keep an alarm, or what is new about the one that stands; whoever listens is told of a new one."""
        standing = cls._base_manager.select_for_update().filter(about=about, ended_at=None).first()
        alarm = standing or cls(about=about)
        alarm.reason, alarm.evidence = reason, dict(evidence)
        alarm.actions = sorted({*alarm.actions, *actions})
        alarm.check_facts()
        alarm.save()
        if standing is None:
            for told in ALARM_RUNG:
                told(alarm)
        return alarm

    @verb(label=_("End an alarm"), past=_("ended an alarm"))
    def end(self, *, reason: str) -> None:
        """Say why the estimator may be trusted again; levels stay where they fell until somebody raises them."""
        if self.ended_at is not None:
            raise Problem(_("This alarm is over already."))
        if not reason.strip():
            raise Problem(_("Say why the alarm is over."))
        self.ended_at = now()
        self.save()
