"""Runs: one piece of work of a machine, limited in what it touches and undone as a whole."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rapport.core.actors import Actor, ActorKind
from rapport.core.clock import now
from rapport.core.records import Record
from rapport.core.verbs import verb

from ..actions import action_named


class RunState(models.TextChoices):
    """How a run stands."""

    RUNNING = "running", _("running")
    DONE = "done", pgettext_lazy("state", "done")
    CAPPED = "capped", _("stopped at its cap")
    STOPPED = "stopped", _("stopped by the switch")
    FAILED = "failed", pgettext_lazy("state", "failed")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


class MachineRun(Record):
    """One run. Its id is the batch of all its events; `touched` counts the records they changed, at most `cap`.

    How far it is isn't history, so those columns aren't recorded.
    """

    unrecorded_fields: ClassVar[frozenset[str]] = frozenset({"touched", "proposed", "progress"})

    action = models.CharField(max_length=60)
    purpose = models.CharField(max_length=300, blank=True)
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.RUNNING)
    cap = models.PositiveIntegerField(default=500)
    touched = models.PositiveIntegerField(default=0)
    proposed = models.PositiveIntegerField(default=0)
    progress = models.JSONField(default=dict, blank=True)
    problem = models.TextField(blank=True)
    started_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True, blank=True)

    if TYPE_CHECKING:
        on_behalf_of_id: UUID | None

    class Meta:
        verbose_name = _("machine run")
        verbose_name_plural = _("machine runs")
        indexes = [models.Index(fields=["-started_at"], name="machine_run_by_start")]

    @classmethod
    def title_of(cls, values: Mapping[str, Any]) -> str:
        """Its purpose, or what kind of action it is."""
        action = action_named(str(values.get("action") or ""))
        return str(values.get("purpose") or (action.label if action else values.get("action") or ""))

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """Whoever oversees machines sees all runs, others those on their own behalf."""
        return not actor.sees_everything and not actor.may("machinerun.oversee")

    @classmethod
    def scope_of(cls, actor: Actor) -> models.Q:
        """Those on one's own behalf."""
        return models.Q(on_behalf_of_id=actor.user_id) if actor.user_id else models.Q(pk__in=[])

    def may_be_changed_by(self, actor: Actor) -> bool:
        """By whom it acts for, and by whoever may undo what others did."""
        own = self.on_behalf_of_id is not None and self.on_behalf_of_id == actor.user_id
        return actor.kind is ActorKind.SYSTEM or own or actor.may("event.undo")

    @property
    def is_over(self) -> bool:
        """Whether nothing more is done in it."""
        return self.state != RunState.RUNNING

    @classmethod
    @verb(label=_("Begin a run"), past=_("began a run"))
    def open(cls, **values: Any) -> Self:
        """Begin a run of a machine."""
        run = cls(**values)
        run.check_facts()
        run.save(force_insert=True)
        return run

    @verb(label=_("End a run"), past=_("ended a run"))
    def end(self, *, state: str, problem: str = "") -> None:
        """Note how the run ended."""
        self.state, self.problem, self.ended_at = state, problem, now()
        self.save()

    @verb(label=_("Undo a run"), past=_("undid a run"))
    def note_undoing(self, *, state: str) -> None:
        """Note that the run is being undone, or is."""
        self.state = state
        self.save()
