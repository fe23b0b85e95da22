"""Ranks among all customers, the four places of the matrix, and the service that fits each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from .facts import Floats
from .names import BOND, DIRECT, INDIRECT

MIDDLE = 50.0
LEEWAY = 5.0
"""So far beyond the middle a customer must be to change its place: else many would change it every night."""
_TOP, _VERY_TOP = 80.0, 90.0
PLACES: Mapping[tuple[bool, bool], str] = {
    (True, True): "high_performing",
    (True, False): "selling",
    (False, True): "networking",
    (False, False): "low_performing",
}
"""By whether the direct and the indirect value is high."""


@dataclass(frozen=True)
class Placed:
    """Where customers stand. Figures from 0 to 100, of shape (customers,): how many of a hundred stand below.

    `direct` and `indirect` value, and `bond`: 0 is the most transactional, 100 the most collaborative.
    """

    direct: Floats
    indirect: Floats
    bond: Floats
    places: Sequence[str]

    @property
    def services(self) -> list[str]:
        """The service model of each."""
        return [service_of(place, bond) for place, bond in zip(self.places, self.bond.tolist(), strict=True)]

    @property
    def high_value(self) -> "np.ndarray":
        """The top tenth by direct value, and those in the top fifth of both; shape (customers,)."""
        return (self.direct >= _VERY_TOP) | ((self.direct >= _TOP) & (self.indirect >= _TOP))


def ranked(values: Floats) -> Floats:
    """How many of a hundred stand below each, equal ones counted half; shape as given."""
    order = np.sort(values)
    below, upto = np.searchsorted(order, values, "left"), np.searchsorted(order, values, "right")
    return np.asarray(50.0 * (below + upto) / max(len(values), 1))


def can_be_told(signals: Mapping[str, Floats], names: Sequence[str]) -> bool:
    """Whether any of these signals differs between customers."""
    return any(np.ptp(signals[name]) > 0 for name in names if len(signals[name]))


def placed(signals: Mapping[str, Floats], before: Sequence[str] | None = None) -> Placed:
    """The places by these signals; `before` are those of last time, empty for a customer who had none."""
    direct, indirect, bond = (_score(signals, names) for names in (DIRECT, INDIRECT, BOND))
    earlier = before or [""] * len(direct)
    places = [
        _place(one, other, last) for one, other, last in zip(direct.tolist(), indirect.tolist(), earlier, strict=True)
    ]
    return Placed(direct, indirect, bond, places)


def service_of(place: str, bond: float) -> str:
    """Partner where the value is high in both ways and the relationship collaborative; else a seller of their own or
    what many get alike.
    """
    is_close = bond >= MIDDLE
    if place == "high_performing":
        return "partner" if is_close else "direct"
    if place == "selling" or (place == "networking" and is_close):
        return "direct"
    return "mass"


def _score(signals: Mapping[str, Floats], names: Sequence[str]) -> Floats:
    """The rank of the mean rank over those signals that differ at all; the middle where none does."""
    told = [ranked(signals[name]) for name in names if len(signals[name]) and np.ptp(signals[name]) > 0]
    if not told:
        return np.full(len(signals[names[0]]), MIDDLE)
    return ranked(np.asarray(np.round(np.mean(told, axis=0), 9)))


def _place(direct: float, indirect: float, before: str) -> str:
    """The place; each side of the one before reaches somewhat beyond the middle."""
    was = next((high for high, place in PLACES.items() if place == before), None)
    needed = (MIDDLE, MIDDLE) if was is None else [MIDDLE - LEEWAY if high else MIDDLE + LEEWAY for high in was]
    return PLACES[direct >= needed[0], indirect >= needed[1]]
