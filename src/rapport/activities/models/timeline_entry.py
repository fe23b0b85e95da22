"""Where each activity, order, contract or ticket stands on the timelines of records: a table derived from them."""

from django.db import models


class TimelineEntry(models.Model):
    """One item on the timeline of one record; written by `placing` only, never by hand."""

    pk = models.CompositePrimaryKey("item_id", "record_id")
    item_id = models.UUIDField()
    item_type = models.CharField(max_length=40)
    record_id = models.UUIDField()
    record_type = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["record_id", "-at", "-item_id"], name="timeline_of_record"),
            models.Index(  # what an activity is about may be hidden from its owner: asked of each that is listed
                fields=["item_id"],
                name="timeline_about_business",
                include=("record_id", "record_type"),
                condition=models.Q(record_type__in=("opportunity", "lead")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_type} {self.item_id} at {self.at:%Y-%m-%d}"
