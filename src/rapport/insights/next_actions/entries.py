"""A list of suggestions as it is shown."""

from dataclasses import dataclass

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
