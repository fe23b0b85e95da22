"""Rows of an import that are probably on record already, as the dry run shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from rapport.core.actors import current_actor
from rapport.core.records import RECORD_TYPES
from rapport.integrations.models import Import
from rapport.quality.duplicates.telling import agreeing
from rapport.web.duplicates.words import sureness
from rapport.web.places import record_address


@dataclass(frozen=True)
class Double:
    """A row, the record or the other line that it looks like, and what agrees; without `href` it is a line."""

    file: str
    line: int
    row: str
    title: str
    href: str
    other_line: int | None
    agrees: str
    sureness: str


def doubles_of(subject: Import) -> Sequence[Double]:
    """The rows that the dry run found, as far as whoever looks sees the records that they are like."""
    actor, found = current_actor(), subject.doubles.get("shown", ())
    seen: set[UUID] = set()
    for record_type in {one["record_type"] for one in found}:
        ids = [one["record"] for one in found if one["record"] and one["record_type"] == record_type]
        visible = RECORD_TYPES[record_type].objects.visible_to(actor)
        seen |= set(visible.filter(pk__in=ids).values_list("pk", flat=True))
    return [
        Double(
            one["file"],
            one["line"],
            one["row"],
            one["title"],
            record_address(one["record_type"], UUID(one["record"])) if one["record"] else "",
            one["other_line"],
            agreeing(actor, one["record_type"], one["evidence"]),
            sureness(one["probability"]),
        )
        for one in found
        if not one["record"] or UUID(one["record"]) in seen
    ]
