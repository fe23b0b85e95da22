"""Estimates: values that nobody knows, guessed from similar records. Derived tables; records are never touched."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EstimateState(models.TextChoices):
    """What became of it."""

    STANDING = "standing", _("Standing")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused")


class Estimate(models.Model):
    """What a field of a record probably holds.

    `neighbours` are the ids of the similar records that speak for it, with how similar they are (0 to 1).
    """

    record_type = models.CharField(max_length=40)
    record_id = models.UUIDField()
    field = models.CharField(max_length=80)
    value = models.JSONField()
    method = models.CharField(max_length=60)
    neighbours = models.JSONField(default=list)
    confidence = models.FloatField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=EstimateState.choices, default=EstimateState.STANDING)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record_id", "field"], name="one_estimate_of_a_field")]
        indexes = [models.Index(fields=["record_type", "field", "state"], name="estimate_by_field")]

    def __str__(self) -> str:
        return f"{self.record_type}.{self.field} of {self.record_id}"


class EstimateFigures(models.Model):
    """How often guesses of a field were right when known values were hidden, beside two simple methods."""

    record_type = models.CharField(max_length=40)
    field = models.CharField(max_length=80)
    known = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    estimated = models.PositiveIntegerField()
    right = models.FloatField()
    most_frequent = models.FloatField()
    single_nearest = models.FloatField()
    shown = models.FloatField()
    right_when_shown = models.FloatField()
    abstains_because = models.CharField(max_length=20, blank=True)
    measured_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record_type", "field"], name="one_set_of_figures_of_a_field")]

    def __str__(self) -> str:
        return f"{self.record_type}.{self.field}"
