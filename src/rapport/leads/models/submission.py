"""Submissions of public forms: counted per sender for a while, so that nobody floods us."""

from django.db import models

from rapport.core.clock import now


class FormSubmission(models.Model):
    """One submission; the sender's network address is kept as a keyed hash only, and not for long."""

    sender = models.CharField(max_length=64)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["sender", "at"], name="form_submission_by_sender")]

    def __str__(self) -> str:
        return f"{self.sender[:8]} {self.at:%Y-%m-%d %H:%M}"
