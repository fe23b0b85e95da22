"""Cases of a duel: what two versions of an outlook foretold of the same record, and how far each was off."""

from django.db import models

from .estimator import Estimator


class DuelCase(models.Model):
    """One part of what both foretold of a record on a day; the losses are empty until it is known what came."""

    outlook = models.CharField(max_length=40)
    part = models.CharField(max_length=20)
    record_id = models.UUIDField()
    live = models.ForeignKey(Estimator, on_delete=models.CASCADE, related_name="+", db_index=False)
    shadow = models.ForeignKey(Estimator, on_delete=models.CASCADE, related_name="+", db_index=False)
    foretold_on = models.DateField()
    by_live = models.JSONField()
    by_shadow = models.JSONField()
    live_loss = models.FloatField(null=True)
    shadow_loss = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shadow", "live", "record_id", "part"], name="one_duel_case_of_a_record")
        ]

    def __str__(self) -> str:
        return f"{self.outlook} of {self.record_id}"
