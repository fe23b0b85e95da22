"""Drills of the stop switch: a machine of its own is stopped, and what that took is kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rapport.core.actors import Actor
from rapport.core.clock import now
from rapport.core.records import Record
from rapport.core.verbs import verb

from ..listeners import DRILL_FAILED


class DrillState(models.TextChoices):
    """How a drill stands."""

    RUNNING = "running", _("running")
    PASSED = "passed", pgettext_lazy("drill", "passed")
    FAILED = "failed", pgettext_lazy("drill", "failed")


class StopDrill(Record):
    """One drill. Milliseconds from pulling the switch: until it answered, a call was refused, the run had ended.

    `beats` is what the machine of the drill writes. `written_after` counts what it committed after the answer.
    """

    started_at = models.DateTimeField(default=now)
    state = models.CharField(max_length=10, choices=DrillState.choices, default=DrillState.RUNNING)
    beats = models.PositiveIntegerField(default=0)
    answered_ms = models.PositiveIntegerField(null=True, blank=True)
    refused_ms = models.PositiveIntegerField(null=True, blank=True)
    ended_ms = models.PositiveIntegerField(null=True, blank=True)
    written_after = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)

    class Meta:
        verbose_name = _("drill of the stop switch")
        verbose_name_plural = _("drills of the stop switch")
        indexes = [models.Index(fields=["-started_at"], name="stop_drill_by_start")]

    @property
    def title(self) -> str:
        """What it is."""
        return str(self._meta.verbose_name)

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """Whoever is signed in sees how well machines are stopped."""
        return actor.user_id is None and super().restricts(actor)

    @classmethod
    @verb(label=_("Begin a drill"), past=_("began a drill"))
    def begin(cls) -> "StopDrill":
        """Begin a drill."""
        drill = cls()
        drill.check_facts()
        drill.save(force_insert=True)
        return drill

    @verb(label=_("Count on"), past=_("counted on"))
    def beat(self) -> None:
        """What the machine of the drill does until it is stopped."""
        self.beats += 1
        self.save()

    @verb(label=_("End a drill"), past=_("ended a drill"))
    def finish(
        self,
        *,
        answered_ms: int | None,
        refused_ms: int | None,
        ended_ms: int | None,
        written_after: int = 0,
        problem: str = "",
    ) -> None:
        """Keep what was measured; one with a problem has failed, and whoever listens is told."""
        self.refresh_from_db()
        self.answered_ms, self.refused_ms, self.ended_ms = answered_ms, refused_ms, ended_ms
        self.written_after, self.problem = written_after, problem
        self.state = DrillState.FAILED if problem else DrillState.PASSED
        self.save()
        if problem:
            for told in DRILL_FAILED:
                told(self)
