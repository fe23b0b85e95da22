"""Columns that are lists of choices, recognised though some of their values were spoilt."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import OSA

from .grid import Column

_A_FEW = 50
_MOST = 60
_MOSTLY = 0.8
_GAP = 6  # times as often as any other value the rarest choice must stand
_DERIVED = 0.6
_SHORT = 3
_PER_LETTER = 0.2


@dataclass(frozen=True)
class Choices:
    """The usual values of a column, by code, and which usual value each of the others seems to have come from.

    `share` is that of the rows with a usual value, `gap` how many times as often as any
    other the rarest of them stands.
    """

    usual: Sequence[int]
    share: float
    gap: float
    derived: dict[int, int]


def choices_of(column: Column) -> Choices | None:
    """The choices of a column, if it has few and most of its other values are spoilt forms of them."""
    cut = _gap(column)
    if column.filled < _A_FEW or not cut:
        return None
    usual, others = column.by_count[:cut], column.by_count[cut:]
    derived = {code: meant for code in others if (meant := _origin(column, code, usual)) is not None}
    rows, spoilt = (sum(int(column.counts[code]) for code in codes) for codes in (others, derived))
    if not rows or spoilt < _DERIVED * rows:
        return None
    gap = float(column.counts[usual[-1]] / column.counts[others[0]])
    return Choices(usual, 1 - rows / column.filled, gap, derived)


def _gap(column: Column) -> int:
    """How many values stand far more often than the next one and cover most rows; 0 where there is no such gap."""
    rows, best, cut = 0, float(_GAP), 0
    counts = [int(column.counts[code]) for code in column.by_count[: _MOST + 1]]
    for place, (count, following) in enumerate(pairwise(counts), start=1):
        rows += count
        if rows >= _MOSTLY * column.filled and count / following >= best:
            best, cut = count / following, place
    return cut


def _origin(column: Column, code: int, usual: Sequence[int]) -> int | None:
    """The one usual value that a value is a slip away from, or that it holds with something added."""
    value = column.values[code].strip()
    near = [
        (slips, -int(column.counts[other]), other)
        for other in usual
        if (slips := _slips(value, column.values[other])) is not None
    ]
    return min(near)[2] if near else None


def _slips(value: str, meant: str) -> int | None:
    if len(meant) <= _SHORT:
        is_longer = len(value) == len(meant) + 1 and (value.startswith(meant) or value.endswith(meant))
        return 1 if is_longer or value.casefold() == meant.casefold() else None
    allowed = max(1, int(_PER_LETTER * len(meant)))
    distance = OSA.distance(value.casefold(), meant.casefold(), score_cutoff=allowed)
    if distance <= allowed:
        return int(distance)
    is_held = value.startswith(f"{meant} ") or value.endswith(f" {meant}")
    return allowed + 1 if is_held else None
