"""Expectations: what an outlook says of a record, with its interval. Derived; the main ones are columns of it too."""

from django.db import models

from .estimator import Estimator
from .score import Withheld


class Expectation(models.Model):
    """What is expected of one record as of a moment, and the values it follows from; no number where `withheld`.

    `detail` is what the page tells besides; `inputs` are what the version works the number out from, so that it can be
    done again.
    """

    outlook = models.CharField(max_length=40)
    record_id = models.UUIDField()
    estimator = models.ForeignKey(Estimator, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    withheld = models.CharField(max_length=10, choices=Withheld.choices, blank=True)
    detail = models.JSONField(default=dict)
    inputs = models.JSONField(default=list)
    as_of = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record_id", "outlook"], name="one_expectation_of_a_record")]

    def __str__(self) -> str:
        return f"{self.outlook} of {self.record_id}"
