"""Marks that somebody may have lost sight of something, so that what was worked out of it before is out of date."""

from django.db import models

from rapport.core.clock import now


class SightLoss(models.Model):
    """One mark: whom it concerns, a user, a team, a territory or one of the groups in `identity.sight`.

    Marks are only ever added, so that writers never wait for each other; they are forgotten after some hours.
    """

    subject = models.UUIDField()
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="sight_loss_by_subject"),
            models.Index(fields=["at"], name="sight_loss_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} at {self.at:%Y-%m-%d %H:%M}"
