"""A list of suggestions as it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from rapport.core.records import Record

from .ranking import STATED, Placed
from .suggestion import Suggestion


@dataclass(frozen=True)
class Entry:
    """A place in the list; `also` are further reasons to do something about the same record, `stated` is its place by
    the stated order.
    """

    placed: Placed
    also: tuple[Suggestion, ...] = ()
    stated: int = 0

    @property
    def suggestion(self) -> Suggestion:
        """What is suggested there."""
        return self.placed.suggestion


@dataclass(frozen=True)
class Listing:
    """The entries in the order named; none where machines are stopped, which `is_stopped` tells."""

    entries: tuple[Entry, ...] = ()
    order_by: str = STATED
    is_stopped: bool = False

    @cached_property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """What is suggested, in the same order."""
        return tuple(one.suggestion for one in self.entries)

    @cached_property
    def records(self) -> Mapping[type[Record], set[UUID]]:
        """Whatever anything is suggested about, by type."""
        found: dict[type[Record], set[UUID]] = {}
        for one in self.suggestions:
            found.setdefault(type(one.record), set()).add(one.record.pk)
        return found
