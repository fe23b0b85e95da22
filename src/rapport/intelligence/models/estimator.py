"""Estimators: what was learned for a prediction, version after version, with what each is worth."""

from collections.abc import Collection
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rapport.core.actors import Actor
from rapport.core.clock import now
from rapport.core.problems import Problem
from rapport.core.records import Record
from rapport.core.verbs import verb

from ..abstaining import TOO_FEW


class EstimatorState(models.TextChoices):
    """What part it plays."""

    CANDIDATE = "candidate", _("candidate")
    SHADOW = "shadow", _("runs in the shadow")
    LIVE = "live", _("live")
    RETIRED = "retired", _("retired")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Estimator(Record):
    """One version of what was learned for a prediction.

    `figures` are those of the trial by time, `compared` the candidates, `artefact` the learned thing as JSON and
    `signature` its seal; an artefact whose seal is wrong is never loaded. `level` is what is added to its log odds
    since, as more or fewer say yes lately than it had learned.
    """

    unrecorded_fields: ClassVar[frozenset[str]] = frozenset({"artefact", "signature", "level"})

    prediction = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    algorithm = models.CharField(max_length=60, blank=True)
    trained_at = models.DateTimeField(default=now)
    as_of = models.DateTimeField()
    cases = models.PositiveIntegerField()
    positives = models.PositiveIntegerField()
    figures = models.JSONField(default=dict, blank=True)
    compared = models.JSONField(default=list, blank=True)
    seconds = models.FloatField(default=0)
    level = models.FloatField(default=0)
    state = models.CharField(max_length=10, choices=EstimatorState.choices, default=EstimatorState.CANDIDATE)
    reason = models.TextField(blank=True)
    artefact = models.TextField(blank=True)
    signature = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("estimator")
        verbose_name_plural = _("estimators")
        constraints = [
            models.UniqueConstraint(fields=["prediction", "version"], name="one_estimator_of_a_version"),
        ]

    @property
    def title(self) -> str:
        """Prediction or outlook, and version."""
        from ..outlooks import outlooks
        from ..predictions import predictions

        known = predictions().get(self.prediction) or outlooks().get(self.prediction)
        return f"{known.label if known else self.prediction} {self.version}"

    @property
    def has_too_few_cases(self) -> bool:
        """Whether it waits for more past cases, rather than having been found wanting."""
        return self.state == EstimatorState.WITHDRAWN and self.reason == TOO_FEW

    @classmethod
    def restricts(cls, actor: Actor) -> bool:
        """Everybody who is signed in sees what was learned, and what it is worth."""
        return actor.user_id is None and super().restricts(actor)

    @classmethod
    def live_of(cls, prediction: str) -> "Estimator | None":
        """The version at work; without what it learned."""
        live = cls._base_manager.filter(prediction=prediction, state=EstimatorState.LIVE)
        return live.defer("artefact", "signature").order_by("-version").first()

    @classmethod
    def telling_of(cls, prediction: str) -> "Estimator | None":
        """The version at work, else the one that changed last: it tells why none is. Without what it learned."""
        return cls.telling_most([prediction]).get(prediction)

    @classmethod
    def telling_most(cls, predictions: Collection[str]) -> "dict[str, Estimator]":
        """As `telling_of`, by the name of each prediction that was ever learned, with one question."""
        versions = cls._base_manager.filter(prediction__in=predictions).defer("artefact", "signature")
        live_first = versions.annotate(is_live=models.Q(state=EstimatorState.LIVE))
        order = ("prediction", "-is_live", "-updated_at", "-version")
        return {one.prediction: one for one in live_first.order_by(*order).distinct("prediction")}

    @verb(label=_("Make live"), past=_("made live"))
    def promote(self, *, reason: str = "") -> None:
        """Let it give the scores from now on; the one that did so before is retired and can be brought back."""
        if self.state == EstimatorState.LIVE:
            raise Problem(_("It is live already."))
        if not self.artefact:
            raise Problem(_("Nothing was kept of this version: it can't give scores. Learn again instead."))
        for before in (
            type(self)._base_manager.select_for_update().filter(prediction=self.prediction, state=EstimatorState.LIVE)
        ):
            before.retire_within(reason="")
        self._turn(EstimatorState.LIVE, reason)

    @verb(label=_("Run in the shadow"), past=_("let run in the shadow"), permission="estimator.promote")
    def shadow(self, *, reason: str = "") -> None:
        """Let it foresee without being shown, so that it can be compared."""
        self._turn(EstimatorState.SHADOW, reason)

    @verb(label=_("Retire"), past=_("retired"), permission="estimator.promote")
    def retire(self, *, reason: str = "") -> None:
        """It gives no scores any more."""
        self._turn(EstimatorState.RETIRED, reason)

    @verb(
        label=pgettext_lazy("of a version", "Withdraw"),
        past=pgettext_lazy("of a version", "withdrew"),
        permission="estimator.promote",
    )
    def withdraw(self, *, reason: str) -> None:
        """It gives no scores any more, because it is not worth it: the reason is shown where they were."""
        if not reason.strip():
            raise Problem(_("Say why it is withdrawn: the pages show it."))
        self._turn(EstimatorState.WITHDRAWN, reason)

    def retire_within(self, *, reason: str) -> None:
        """Within a verb: make room for another."""
        self._turn(EstimatorState.RETIRED, reason)

    def _turn(self, state: EstimatorState, reason: str) -> None:
        self.state, self.reason = state, reason.strip()
        self.save()
