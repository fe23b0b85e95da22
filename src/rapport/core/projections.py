"""Projections: tables derived from records, kept in step by whatever writes them: verb, bulk verb or undo.

The search is one; a higher layer adds its own to `PROJECTIONS` when its app is ready.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from . import search

if TYPE_CHECKING:
    from .records import Record

WrittenRows = Sequence[tuple[UUID, Mapping[str, Any]]]


@dataclass(frozen=True)
class Projection:
    """What to do in the derived table when rows of a record type were written, and when records are gone."""

    remember: "Callable[[type[Record], WrittenRows], None]"
    forget: Callable[[Sequence[UUID]], None]


PROJECTIONS: list[Projection] = [Projection(search.remember, search.forget)]


def remember(model: "type[Record]", rows: Iterable[tuple[UUID, Mapping[str, Any]]]) -> None:
    """Bring every derived table up to date with these rows, given with all their recorded columns."""
    written = list(rows)
    for projection in PROJECTIONS:
        projection.remember(model, written)


def forget(record_ids: Sequence[UUID]) -> None:
    """Take records that are gone out of every derived table."""
    for projection in PROJECTIONS:
        projection.forget(record_ids)
