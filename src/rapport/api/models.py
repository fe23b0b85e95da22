"""The answers kept for repeated requests (see `idempotency`)."""

from django.db import models

from rapport.core.clock import now
from rapport.identity.models import ApiToken


class KeptAnswer(models.Model):
    """What was answered to a request that carried an `Idempotency-Key`; written together with its effect."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    at = models.DateTimeField(default=now, db_index=True)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="one_answer_per_key")]

    def __str__(self) -> str:
        return f"{self.status} {self.key}"
