"""What the board reads: how many findings are open, of how many records, and how it was at the end of each month."""

from django.db import models


class Tally(models.Model):
    """Open findings of a rule, by owner, team and source of the value; changed whenever a finding opens or ends."""

    rule = models.CharField(max_length=80)
    record_type = models.CharField(max_length=40)
    owner_id = models.UUIDField(null=True)
    team_id = models.UUIDField(null=True)
    source = models.CharField(max_length=80, blank=True)
    open = models.IntegerField(default=0)
    at_stake = models.DecimalField(max_digits=20, decimal_places=2, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "record_type", "owner_id", "team_id", "source"],
                name="tally_is_unique",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.open}"


class Population(models.Model):
    """How many records of a type there are, by owner, team and source of the record; counted with each full run."""

    record_type = models.CharField(max_length=40)
    owner_id = models.UUIDField(null=True)
    team_id = models.UUIDField(null=True)
    source = models.CharField(max_length=80, blank=True)
    records = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["record_type"], name="population_by_type")]

    def __str__(self) -> str:
        return f"{self.record_type}: {self.records}"


class Snapshot(models.Model):
    """Open findings of a rule in a team, and the records they are among, at the end of a month (or as of today)."""

    month = models.DateField()
    rule = models.CharField(max_length=80)
    record_type = models.CharField(max_length=40)
    team_id = models.UUIDField(null=True)
    open = models.IntegerField()
    records = models.IntegerField()
    at_stake = models.DecimalField(max_digits=20, decimal_places=2, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "rule", "record_type", "team_id"], name="snapshot_is_unique", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.rule}: {self.open}"
