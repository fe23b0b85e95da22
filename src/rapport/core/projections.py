"""Projections: tables derived from records, kept in step by whatever writes them: verb, bulk verb or undo.

The search is one; a higher layer adds its own to `PROJECTIONS` when its app is ready.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from . import search_keeping

if TYPE_CHECKING:
    from .records import Record

WrittenRows = Sequence[tuple[UUID, Mapping[str, Any]]]


class Remember(Protocol):
    """Brings a derived table up to date."""

    def __call__(self, model: "type[Record]", rows: WrittenRows, *, new: bool = False) -> None:
        """Do so for these rows."""


@dataclass(frozen=True)
class Projection:
    """What to do in the derived table when rows of a record type were written, and when records are gone.

    `remember` also hears whether the rows are new, so that nothing can be there yet.
    """

    remember: "Remember"
    forget: Callable[[Sequence[UUID]], None]


PROJECTIONS: list[Projection] = [Projection(search_keeping.remember, search_keeping.forget)]


def remember(model: "type[Record]", rows: Iterable[tuple[UUID, Mapping[str, Any]]], *, new: bool = False) -> None:
    """Bring every derived table up to date with these rows, given with all their recorded columns."""
    written = list(rows)
    for projection in PROJECTIONS:
        projection.remember(model, written, new=new)


def forget(record_ids: Sequence[UUID]) -> None:
    """Take records that are gone out of every derived table."""
    for projection in PROJECTIONS:
        projection.forget(record_ids)
