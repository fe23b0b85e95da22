"""Attempts to sign on, counted; what they are counted by is kept as a keyed hash only (see `identity.guessing`)."""

from typing import ClassVar

from django.db import models

from rapport.core.clock import now


class Attempt(models.Model):
    """How often somebody failed, and until when nothing more is tried; a library-like table, not a record."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.IntegerField(default=0)
    last_at = models.DateTimeField(default=now)
    waits_until = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Attempt"]] = models.Manager()

    class Meta:
        verbose_name = "attempt"
        indexes = [models.Index(fields=["last_at"], name="attempt_by_age")]

    def __str__(self) -> str:
        return f"{self.failures} until {self.last_at}"
