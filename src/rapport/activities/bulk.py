"""Writing many activities at once: for imports, generators and connectors.

Call it within a verb, as `core.bulk.create_many`, which it is with its arguments typed. Rows are column values, already
checked; beside them each row says in `about` what it is about, as pairs of record type and id:

    create_activities(Call, [{"at": moment, "seconds": 90, "owner_id": alice.pk, "about": [("person", key)]}])

What follows from that is added for all rows together, so that the cost per row stays the same: the subjects that others
imply (a person's organisation, an opportunity's organisation), the owner's team, the places on timelines, the search
entries, the history. Nobody is notified of a mention or an assignment. Orders, contracts and tickets need nothing of
the kind: `core.bulk.create_many(Order, rows)` numbers those without a number and places them by their links.

Which types `about` may name is in `about.SUBJECT_TYPES`; the ids must be among what the actor may see. To map a
column of a file to `about`: its heading is an alias of such a type's entry in the dictionary (“Account”, “Contact”,
“Deal”), with or without “id”, “name” or “e-mail” behind it.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from rapport.core.bulk import create_many

from .models import Activity


def create_activities(model: type[Activity], rows: Iterable[Mapping[str, Any]]) -> list[UUID]:
    """Create activities of one type from rows; returns their ids. Raises `Problem` for a subject of an unknown type."""
    return create_many(model, rows)
