"""Own links to a record that is merged into another one: they follow it there, as part of the merge."""

from rapport.core.bulk import change_many
from rapport.core.records import Record

from ..dictionary import entries
from ..domains import Link
from .columns import own_columns


def move_own_links(gone: Record, into: Record) -> None:
    """Let the own links of all records that lead to the one lead to the other."""
    for entry in entries().values():
        for column in own_columns(entry.model).values():
            if isinstance(column.domain, Link) and column.domain.target == gone.record_type:
                leading = entry.model.objects.filter(**{f"{column.key}": gone.pk}).exclude(pk=into.pk)
                keys = leading.values_list("pk", flat=True)
                change_many(entry.model, {key: {column.key: str(into.pk)} for key in keys})
