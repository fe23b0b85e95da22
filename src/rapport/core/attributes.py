"""Attributes: the values of fields that users added, kept together in one JSON column of each record.

In memory, in the history and for undo each attribute is a value of its own beside the columns, so that two people
can change two of them, and each change can be undone alone. Their names begin with `own_`, as no column's does.
"""

from collections.abc import Iterable, Mapping
from typing import Any

COLUMN = "attributes"
DERIVED = "derived"
PREFIX = "own_"
PURGED: dict[str, dict[str, str]] = {}  # by record type, the names of values deleted for good, with their labels


def is_attribute(name: str) -> bool:
    """Whether a value of this name is kept among the attributes."""
    return name.startswith(PREFIX)


def spread(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as read from the database, its attributes standing beside its columns."""
    values = dict(row)
    attributes = values.pop(COLUMN, None)
    return values | attributes if attributes else values


def gathered(values: Mapping[str, Any]) -> dict[str, Any]:
    """The way back: columns alone, the attributes that hold something together in theirs."""
    columns = dict(values)
    names = [name for name in columns if name.startswith(PREFIX)]
    if names:
        attributes = {name: columns.pop(name) for name in names}
        kept = {name: value for name, value in attributes.items() if value is not None}
        columns[COLUMN] = {**columns.get(COLUMN, {}), **kept}
    return columns


def purged_among(record_type: str, names: Iterable[str]) -> list[str]:
    """The labels of those values that were deleted for good: the history holds them still, and gives them to nobody."""
    purged = PURGED.get(record_type, {})
    return [purged[name] for name in names if name in purged]
