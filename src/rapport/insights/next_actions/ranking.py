"""The order of a person's list: by expected value per hour, with a small disclosed share of chance.

The first `UP` suggestions are shown first of all, the next `WAITING` come after them. So that another order can be
judged by what follows (see `learning`), on a share of the days one of the first trades its place with one of the next.
The draw is made once for a person and a day: `CHANCE` is the probability of such a trade where `WAITING` wait, and less
in proportion where fewer do, so that each that waits is up with the same probability. Both propensities follow:
up → 1 − p / UP, waiting → p / number waiting, where p is the probability of a trade.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from uuid import UUID

from .suggestion import Suggestion

STATED = "value per hour/1"
UP = WAITING = 6
CHANCE = 0.5
_STEPS = 2**32


@dataclass(frozen=True)
class Placed:
    """A suggestion with its place in the list, that by the order in force, and the probability of being up or not."""

    suggestion: Suggestion
    place: int
    rank: int
    propensity: float

    @property
    def is_up(self) -> bool:
        """Whether it stands among the first ones."""
        return self.place <= UP

    @property
    def is_drawn(self) -> bool:
        """Whether chance put it where it stands."""
        return self.place != self.rank


def by_value(found: Sequence[Suggestion]) -> list[Suggestion]:
    """The stated order: what brings most per hour first, then what is due first."""
    return sorted(found, key=lambda one: (-one.worth.per_hour, one.day, one.key))


def probability_of_trade(count: int) -> float:
    """How probable a trade is in a list of so many."""
    return CHANCE * min(max(count - UP, 0), WAITING) / WAITING


def placed(ordered: Sequence[Suggestion], *, person: UUID | None, day: date) -> list[Placed]:
    """The list as it is shown to a person on a day; without a person nothing is drawn."""
    trade = probability_of_trade(len(ordered)) if person else 0.0
    places = list(range(len(ordered)))
    if trade and _drawn(person, day, "trade") < trade:
        up = int(_drawn(person, day, "up") * UP)
        waiting = UP + int(_drawn(person, day, "waiting") * min(len(ordered) - UP, WAITING))
        places[up], places[waiting] = places[waiting], places[up]
    return [
        Placed(ordered[rank], place + 1, rank + 1, _propensity(place, rank, len(ordered), trade))
        for place, rank in enumerate(places)
    ]


def _propensity(place: int, rank: int, count: int, trade: float) -> float:
    """The probability of standing on this side of the line between up and waiting, before the draw."""
    if rank >= UP + WAITING or not trade:
        return 1.0
    is_up = place < UP
    goes_up = 1 - trade / UP if rank < UP else trade / min(count - UP, WAITING)
    return goes_up if is_up else 1 - goes_up


def _drawn(person: UUID | None, day: date, what: str) -> float:
    """A number from 0 to 1 that depends on these alone."""
    told = blake2b(f"{person}:{day.isoformat()}:{what}".encode(), digest_size=4)
    return int.from_bytes(told.digest()) / _STEPS
