"""One look at what works, as it was found."""

from django.db import models


class WorksReview(models.Model):
    """When it was, over how many opportunities, and each comparison as stored by `insights.works.reviewing`."""

    at = models.DateTimeField()
    opportunities = models.PositiveIntegerField()
    days = models.PositiveSmallIntegerField()
    comparisons = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["-at"], name="works_review_newest_first")]

    def __str__(self) -> str:
        return f"what works, {self.at:%Y-%m-%d}"
