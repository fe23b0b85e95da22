"""Work on findings: events still to be looked at, and full runs."""

from django.db import models


class Recheck(models.Model):
    """An event whose records are still to be judged again; written with the event."""

    event_id = models.BigIntegerField()

    def __str__(self) -> str:
        return f"event {self.event_id}"


class FullRun(models.Model):
    """One look at all records: when, how far, and why it stopped if it did.

    All records up to `last_id` of `record_type`, and all of the types before it, are judged.
    """

    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    found = models.IntegerField(default=0)
    problem = models.TextField(blank=True)
    record_type = models.CharField(max_length=40, blank=True, default="")
    last_id = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"{self.started_at}: {self.done} of {self.total}"
