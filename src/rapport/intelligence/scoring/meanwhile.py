"""What was written while all records were worked on: what is told of these may rest on what they no longer are."""

from datetime import datetime, timedelta

from rapport.core.records import RECORD_TYPES

_WRITING = timedelta(seconds=10)
"""So long before it could be read a record may have been changed."""


def written_since(record_type: str, moment: datetime) -> list[str]:
    """The ids of the records of a type that were written at a moment or later, and shortly before it."""
    rows = RECORD_TYPES[record_type]._base_manager.filter(updated_at__gte=moment - _WRITING)
    return [str(key) for key in rows.values_list("pk", flat=True)]
