"""Staged rows: what the check found out about each row, which the run then carries out."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .imports import Import, ImportFile


class Action(models.TextChoices):
    """What becomes of a row."""

    CREATE = "create", _("created")
    CHANGE = "change", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    SKIP = "skip", _("skipped")
    REJECT = "reject", _("rejected")


class StagedRow(models.Model):
    """One row of a file, understood.

    `position` counts the rows of the file from 1, `line` is where the row began. `record_id` is the record it becomes
    or belongs to, `values` the columns to write in their stored form. `waits` are fields that wait for a decision, as
    {field: [decision, text]}; `later` are links to rows of the same file, as {field: text} while the file is being
    checked, then as {field: [record, file, line]}; `kept` is what isn't understood or has no field, by heading. `key`
    tells the row from all others (`id:…` or `row:…`); `reason` says why it is skipped or rejected, and then `cells`
    hold it. Its file is checked by us, not by the database: that would ask once a row.
    """

    file = models.ForeignKey(
        ImportFile, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="rows"
    )
    position = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    action = models.CharField(max_length=9, choices=Action.choices)
    record_id = models.UUIDField(null=True)
    values = models.JSONField(null=True)
    waits = models.JSONField(null=True)
    later = models.JSONField(null=True)
    kept = models.JSONField(null=True)
    key = models.CharField(max_length=300)
    fingerprint = models.CharField(max_length=32)
    reason = models.TextField()
    cells = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "position"], name="staged_row_position_is_unique")]

    def __str__(self) -> str:
        return f"{self.file_id}:{self.line} {self.action}"


class KnownKey(models.Model):
    """What a record can be called while an import is checked: `id:…`, `row:…`, `name:…`, `mail:…`, `domain:…`.

    Filled from the database (`file` is empty) and from the rows already staged (`line` is the row's). Unlogged, as
    nothing of it outlives the check: a crash empties the table, and the check begins again.
    """

    part_of = models.ForeignKey(Import, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="+")
    record_type = models.CharField(max_length=40)
    key = models.CharField(max_length=310)
    record_id = models.UUIDField()
    title = models.CharField(max_length=300)
    file = models.ForeignKey(
        ImportFile, null=True, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="+"
    )
    line = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["part_of", "record_type", "key"], name="known_key")]

    def __str__(self) -> str:
        return f"{self.record_type} {self.key}"
