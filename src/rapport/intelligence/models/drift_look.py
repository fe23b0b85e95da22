"""What was seen of the drift of a live version when it was last looked at."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .estimator import Estimator


class DriftOf(models.TextChoices):
    """What may have moved."""

    INPUT = "input", _("what goes in")
    SCORE = "score", _("what comes out")
    OUTCOME = "outcome", _("what came of it")


class DriftLook(models.Model):
    """One look at one thing: `name` is the feature's, empty for chances and outcomes; derived, made anew each night."""

    prediction = models.CharField(max_length=40)
    estimator = models.ForeignKey(Estimator, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=DriftOf.choices)
    name = models.CharField(max_length=60, blank=True)
    figures = models.JSONField()
    is_alarming = models.BooleanField(default=False)
    looked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["prediction", "kind", "name"], name="one_look_at_each_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.prediction}: {self.kind} {self.name}"

    def as_evidence(self) -> dict[str, Any]:
        """For the alarm."""
        return {"kind": self.kind, "name": self.name, **self.figures}
