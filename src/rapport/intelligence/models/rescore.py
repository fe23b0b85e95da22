"""Events after which scores may be out of date."""

from django.db import models


class Rescore(models.Model):
    """An event that was not yet looked at; written with it."""

    event_id = models.BigIntegerField()

    def __str__(self) -> str:
        return f"event {self.event_id}"
