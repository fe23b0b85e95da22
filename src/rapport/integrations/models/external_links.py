"""External links: which record a row of another system became, and what of the row has no field here."""

from django.db import models

from .imports import Import, ImportFile


class ExternalLink(models.Model):
    """The bond between a record and the row it came from.

    `key` is `id:` with the row's identifier in `system`, or `row:` with the fingerprint of a row without one. By it
    the row is known again when the file is imported once more. `extra` keeps by heading what had no field or wasn't
    understood, so that nothing of the row is lost. Import and file are checked by us, not by the database: that would
    ask twice a row.
    """

    system = models.CharField(max_length=60)
    record_type = models.CharField(max_length=40)
    key = models.CharField(max_length=300)
    record_id = models.UUIDField()
    brought_by = models.ForeignKey(Import, null=True, on_delete=models.SET_NULL, db_index=False, db_constraint=False)
    file = models.ForeignKey(ImportFile, null=True, on_delete=models.SET_NULL, db_index=False, db_constraint=False)
    line = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=32)
    extra = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record_type", "system", "key"], name="external_link_key_is_unique")
        ]
        indexes = [models.Index(fields=["record_id"], name="external_link_of_record")]

    def __str__(self) -> str:
        return f"{self.system} {self.record_type} {self.key}"

    @property
    def external_id(self) -> str:
        """The identifier in the other system; "" when the row had none."""
        return self.key.removeprefix("id:") if self.key.startswith("id:") else ""
