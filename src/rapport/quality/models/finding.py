"""Findings: what a rule found wrong in a record. A derived table, kept in step by background work."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FindingState(models.TextChoices):
    """What became of it."""

    OPEN = "open", _("Open")
    FIXED = "fixed", _("Put right")
    DISMISSED = "dismissed", _("Dismissed")


class Finding(models.Model):
    """One rule, one record, one field. `imprint` is a hash of the value that was judged.

    `source` tells where the value came from ("import: people.csv", "web"), `at_stake` how much business the record
    carries, in the base currency. Owner and team are those of the record, so that findings are counted by them.
    """

    rule = models.CharField(max_length=80)
    record_type = models.CharField(max_length=40)
    record_id = models.UUIDField()
    field = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=FindingState.choices, default=FindingState.OPEN)
    proposal = models.JSONField(null=True)
    confidence = models.FloatField(null=True)
    imprint = models.CharField(max_length=32, blank=True)
    source = models.CharField(max_length=80, blank=True)
    owner_id = models.UUIDField(null=True)
    team_id = models.UUIDField(null=True)
    at_stake = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    found_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record_id", "rule", "field"], name="finding_is_unique")]
        indexes = [
            models.Index(fields=["rule", "id"], name="finding_open_by_rule", condition=models.Q(state="open")),
            models.Index(
                fields=["rule", "owner_id", "id"], name="finding_open_by_owner", condition=models.Q(state="open")
            ),
            models.Index(
                fields=["rule", "team_id", "id"], name="finding_open_by_team", condition=models.Q(state="open")
            ),
            models.Index(fields=["record_type", "record_id"], name="finding_of_record"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.record_type} {self.record_id}"
