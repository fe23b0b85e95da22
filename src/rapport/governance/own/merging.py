"""What merging means for own fields that link to a record: they link to the one it was merged into."""

from rapport.core.bulk import change_many
from rapport.core.records import RECORD_TYPES, Record

from ..models import OwnField


def move_own_links(gone: Record, into: Record) -> None:
    """Let every own field that holds the one record hold the other, fields that were removed too."""
    fields = OwnField._base_manager.filter(kind="link", target=gone.record_type)
    for for_type, key in fields.values_list("for_type", "key"):
        model, column = RECORD_TYPES.get(for_type), f"{key}_id"
        if model is not None:
            rows = model._base_manager.filter(attributes__contains={column: str(gone.pk)})
            holding = set(rows.values_list("pk", flat=True)) - {into.pk, gone.pk}
            change_many(model, {pk: {column: str(into.pk)} for pk in holding})
