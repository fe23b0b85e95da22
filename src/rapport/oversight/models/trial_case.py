"""Cases of a trial: one record asked of one person, and what came of it."""

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapport.core.actors import Actor, ActorKind, current_actor
from rapport.core.clock import now
from rapport.core.verbs import Risk, verb

from .trial import Frozen, Trial

MOST = 100


class TrialCase(Frozen):
    """One case. `percent` is what the person said, empty where they had no view; private to them.

    `arm` is empty in the blind part. `segments` are the values by which the figures are divided, as of `entered_at`.
    `due_at` is when the horizon is over; `lapsed_at` when the question had gone before it was answered. In cases
    `held_back` the machine's number stays hidden to the end. `final_percent` is the second estimate, given after a
    number was looked at: asked for since `asked_again_at`, settled at `final_at`.
    """

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="cases")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    subject_type = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    entered_at = models.DateTimeField(default=now)
    arm = models.CharField(max_length=10, blank=True)
    arm_probability = models.FloatField(default=1)
    held_back = models.BooleanField(default=False)
    segments = models.JSONField(default=dict, blank=True)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    asked_again_at = models.DateTimeField(null=True, blank=True)
    final_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    final_at = models.DateTimeField(null=True, blank=True)
    lapsed_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    outcome = models.BooleanField(null=True, blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)

    if TYPE_CHECKING:
        trial_id: UUID
        user_id: UUID | None

    class Meta:
        verbose_name = _("case of a trial")
        verbose_name_plural = _("cases of trials")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["trial", "subject_id"], name="a_record_is_one_case_of_a_trial"),
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__lte=MOST), name="an_estimate_is_at_most_a_hundred"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "subject_id"], name="trial_case_of_person"),
            models.Index(fields=["due_at"], name="trial_case_due", condition=Q(outcome_at=None)),
        ]

    @property
    def title(self) -> str:
        """What it is."""
        return str(self._meta.verbose_name)

    @property
    def is_waiting(self) -> bool:
        """Whether its person is still asked."""
        return self.answered_at is None and self.lapsed_at is None and not self.arm

    @property
    def is_asked_again(self) -> bool:
        """Whether its person has seen a number and is still to say what they make of it."""
        return self.asked_again_at is not None and self.final_at is None and self.trial.is_running

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """How somebody judges is private to them."""
        return actor.kind is not ActorKind.SYSTEM

    @classmethod
    def scope_of(cls, actor: Actor) -> Q:
        """One's own."""
        return Q(user_id=actor.user_id) if actor.user_id else Q(pk__in=[])

    def may_be_changed_by(self, actor: Actor) -> bool:
        """Its person, and the system that notes outcomes."""
        return actor.kind is ActorKind.SYSTEM or (actor.user_id is not None and actor.user_id == self.user_id)

    @verb(label=_("Estimate"), past=_("gave their estimate"), risk=Risk.IRREVERSIBLE)
    def estimate(self, *, percent: int | None) -> None:
        """Say how likely it is, or with None that one has no view; the machine's number is worked out at that moment.

        It can't be taken back: from then on the machine's number is shown. Raises `Problem`.
        """
        from ..trials.answering import answer

        answer(self, percent, by=current_actor())
        self.save()

    @verb(
        label=_("Estimate again"),
        past=_("gave their second estimate"),
        risk=Risk.IRREVERSIBLE,
        permission="trialcase.estimate",
    )
    def estimate_again(self, *, percent: int | None) -> None:
        """Say how likely it is after having looked at a number; with None, have it revealed without that.

        What number it was is told at once. Raises `Problem`.
        """
        from ..trials.shuffling import answer_again

        answer_again(self, percent, by_id=current_actor().user_id)
        self.save()


class MachineEstimate(models.Model):
    """What the machine said of a case at the moment the person did, or when the case was drawn.

    No record: neither the API nor any list knows it. `inputs` are the values it follows from, by the version named in
    `estimator`; without a chance, `why_not` says why. `shown` is the number that the person looked at before a second
    estimate, `shown_of` the other record that it belongs to, if it was shuffled.
    """

    case = models.OneToOneField(TrialCase, on_delete=models.CASCADE, related_name="machine", primary_key=True)
    chance = models.FloatField(null=True)
    estimator = models.CharField(max_length=120, blank=True)
    inputs = models.JSONField(default=list)
    why_not = models.CharField(max_length=40, blank=True)
    shown = models.FloatField(null=True)
    shown_of = models.UUIDField(null=True)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(chance=None) | Q(chance__gte=0, chance__lte=1), name="machine_chance_is_from_0_to_1"
            )
        ]

    def __str__(self) -> str:
        return f"machine of {self.case_id}"
