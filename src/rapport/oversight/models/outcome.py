"""What became of what machines did or proposed: worked out from the history by a job, for filters and rates."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Became(models.TextChoices):
    """What became of an act, or of a proposal that was rejected."""

    STANDS = "stands", _("still stands")
    CHANGED = "changed", _("changed by a person")
    UNDONE = "undone", pgettext_lazy("outcome", "undone")
    REMOVED = "removed", _("record deleted")
    STAYED_OUT = "stayed_out", _("stayed rejected")
    SET_ANYWAY = "set_anyway", _("set by a person after all")


class Outcome(models.Model):
    """One row for each event of a machine, or for each rejected proposal.

    `at` is when it became so; while nothing became of it, when it was done or rejected. `seen_to` is the newest event
    that was looked at.
    """

    event_id = models.BigIntegerField(null=True, unique=True)
    proposal_id = models.UUIDField(null=True, unique=True)
    action = models.CharField(max_length=60, blank=True)
    estimator = models.CharField(max_length=120, blank=True)
    decided_by_id = models.UUIDField(null=True)
    done_at = models.DateTimeField()
    became = models.CharField(max_length=10, choices=Became.choices)
    at = models.DateTimeField()
    seen_to = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["action", "-done_at"], name="outcome_of_action"),
            models.Index(fields=["decided_by_id", "-done_at"], name="outcome_of_person"),
            models.Index(fields=["-seen_to"], name="outcome_seen_to"),
            models.Index(fields=["became", "-done_at"], name="outcome_became"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id or self.proposal_id}: {self.became}"

    @property
    def days(self) -> int:
        """After how many days it became so."""
        return max((self.at - self.done_at).days, 0)
