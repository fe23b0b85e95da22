"""Scores: what the live estimator says of a record. Derived; the chance stands in a column of the record too."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .estimator import Estimator


class Withheld(models.TextChoices):
    """Why there is no number."""

    TOO_FEW = "too_few", _("too few past cases")
    NO_SIGNAL = "no_signal", _("no better than the usual share")
    UNLIKE = "unlike", _("unlike the past cases")
    HELD_BACK = "held_back", _("drawn to be decided without a number")


class Score(models.Model):
    """The chance of one record as of a moment, with the values it follows from; none where it is `withheld`.

    `inputs` are the values of the features in the order of the estimator's, or of the prediction's without one: with
    them the score can be worked out again, and its reasons.
    """

    prediction = models.CharField(max_length=40)
    record_id = models.UUIDField()
    estimator = models.ForeignKey(Estimator, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    chance = models.FloatField(null=True)
    withheld = models.CharField(max_length=10, choices=Withheld.choices, blank=True)
    inputs = models.JSONField()
    as_of = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record_id", "prediction"], name="one_score_of_a_record")]

    def __str__(self) -> str:
        return f"{self.prediction} of {self.record_id}"
