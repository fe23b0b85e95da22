"""Trials of people against the machine."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rapport.core.actors import Actor, ActorKind, current_actor
from rapport.core.clock import now, today
from rapport.core.problems import Problem
from rapport.core.records import Record
from rapport.core.verbs import Risk, verb
from rapport.identity.models import Team

if TYPE_CHECKING:
    from ..trials.registration import Registration


class TrialState(models.TextChoices):
    """How a trial stands."""

    RUNNING = "running", _("running")
    ENDED = "ended", pgettext_lazy("trial", "ended")
    STOPPED = "stopped", pgettext_lazy("trial", "stopped")


class Frozen(Record):
    """A record that only its own verbs write: it is neither made, changed nor deleted otherwise."""

    class Meta:
        abstract = True

    @classmethod
    @verb(label=_("Create"), past=_("created"))
    def create(cls, **_values: Any) -> NoReturn:
        """Refused: a trial is started."""
        raise Problem(_("Start a trial instead: what it asks is registered with it."))

    @verb(label=_("Change"), past=_("changed"))
    def change(self, **_values: Any) -> NoReturn:
        """Refused: what was registered stays as it was."""
        raise Problem(_("A trial is frozen when it starts. Stop it, and start another."))

    @verb(label=_("Delete"), past=_("deleted"))
    def remove(self) -> NoReturn:
        """Refused: trials that one doesn't like would vanish."""
        raise Problem(_("A trial is not deleted, so that none that went badly can be hidden. Stop it instead."))


class Trial(Frozen):
    """One trial. `form` is its registration and `form_hash` what proves that it is still the same.

    `taken` counts its cases. `figures` are those by which it was decided, `verdict` a word of `trials.verdicts`; both
    are written once, when it ends.
    """

    prediction = models.CharField(max_length=40)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    form = models.JSONField()
    form_hash = models.CharField(max_length=64)
    last_day = models.DateField()
    taken = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=TrialState.choices, default=TrialState.RUNNING)
    started_at = models.DateTimeField(default=now)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    verdict = models.CharField(max_length=20, blank=True)
    figures = models.JSONField(default=dict, blank=True)

    if TYPE_CHECKING:
        team_id: UUID | None
        started_by_id: UUID | None

    class Meta:
        verbose_name = _("trial")
        verbose_name_plural = _("trials")
        indexes: ClassVar = [models.Index(fields=["state", "-started_at"], name="trial_by_state")]

    @property
    def title(self) -> str:
        """What is tried."""
        return str(self.form.get("question") or self.prediction)

    @property
    def registered(self) -> "Registration":
        """What was registered."""
        from ..trials.registration import registration_from

        return registration_from(self.form)

    @property
    def is_running(self) -> bool:
        """Whether it is neither ended nor stopped."""
        return self.state == TrialState.RUNNING

    @property
    def takes_cases(self) -> bool:
        """Whether more cases may come."""
        return self.is_running and today() <= self.last_day and self.taken < int(self.form["most"])

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """Everybody who is signed in sees what is being tried, and what came of it."""
        return actor.user_id is None and super().restricts(actor)

    def may_be_changed_by(self, actor: Actor) -> bool:
        """Whoever started it, leads its team, or sees everything."""
        return actor.sees_everything or actor.user_id == self.started_by_id or self.team_id in actor.team_ids

    @classmethod
    @verb(label=_("Start a trial"), past=_("started a trial"), risk=Risk.IRREVERSIBLE)
    def start(
        cls,
        *,
        prediction: str,
        team: Team | None = None,
        part: str = "blind",
        measure: str = "error",
        matters: float,
        last_day: date,
        planned: int | None = None,
        **more: Any,
    ) -> "Trial":
        """Register a trial and begin it; from then on nothing of the form can be changed. Raises `Problem`."""
        from ..trials.starting import Wanted, registered

        actor = current_actor()
        if actor.kind not in (ActorKind.HUMAN, ActorKind.SYSTEM):
            raise Problem(_("A person starts a trial."))
        wanted = Wanted(prediction, team, part, measure, matters, last_day, planned, more)
        form, form_hash = registered(actor, wanted)
        trial = cls(prediction=prediction, team=team, form=form, form_hash=form_hash, last_day=last_day)
        trial.started_by_id = actor.user_id
        trial.check_facts()
        trial.save(force_insert=True)
        return trial

    @verb(label=_("Stop the trial"), past=_("stopped the trial"), risk=Risk.IRREVERSIBLE)
    def stop(self, *, reason: str) -> None:
        """Stop it without a verdict; the reason stays on its page."""
        self._must_run()
        if not reason.strip():
            raise Problem(_("Say why it is stopped: its page shows it."))
        self._leave(TrialState.STOPPED, reason)

    @verb(label=_("End the trial"), past=_("ended the trial"), risk=Risk.IRREVERSIBLE)
    def end(self) -> None:
        """End it with the verdict that its own rule gives now; refused while the rule gives none."""
        from ..trials.verdicts import decided

        self._must_run()
        found = decided(self)
        if found is None:
            raise Problem(_("Its rule gives no verdict yet. Wait, or stop it and say why."))
        self.verdict, self.figures = found.verdict, found.figures
        self._leave(TrialState.ENDED, "")

    @verb(label=_("Take cases"), past=_("took cases"), risk=Risk.IRREVERSIBLE)
    def take(self) -> int:
        """Draw the cases that are due by now, and ask the people about them; returns how many."""
        from ..trials.taking import take_cases

        self._must_run()
        taken = take_cases(self)
        self.taken += taken
        self.save()
        return taken

    @verb(label=_("Note outcomes"), past=_("noted outcomes"), risk=Risk.IRREVERSIBLE)
    def note_outcomes(self) -> int:
        """Write what came of the cases whose horizon is over; returns of how many."""
        from ..trials.outcomes import write_outcomes

        return write_outcomes(self)

    def _must_run(self) -> None:
        if not self.is_running:
            raise Problem(_("This trial is over."))

    def _leave(self, state: TrialState, reason: str) -> None:
        self.state, self.reason, self.ended_at = state, reason.strip(), now()
        self.save()
