"""Found against expected of such cases, with intervals that hold for all comparisons of a page together."""

import enum
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import Any
from uuid import UUID

from rapport.quality.board.comparing import interval

from .stays import Mix, Tallies, Tally

FEWEST_STAYS, FEWEST_EXPECTED = 30, 8.0


class Measure(enum.StrEnum):
    """What is compared; less of either is better."""

    LOST = "lost"
    SLOW = "slow"

    def of(self, tally: Tally) -> int:
        """How many of these stays."""
        return tally.lost if self is Measure.LOST else tally.slow


@dataclass(frozen=True)
class Compared:
    """One unit in one stage (None: in all): what was found, what is expected of its mix, the ratio's interval.

    `unit` is the key of a team or product, or the code of a country; None where there is but one.
    """

    unit: str | None
    stage: UUID | None
    measure: Measure
    stays: int
    found: int
    expected: float
    low: float = 0.0
    high: float = 0.0

    @property
    def share(self) -> float:
        """The share of all stays."""
        return self.found / self.stays if self.stays else 0.0

    @property
    def ratio(self) -> float:
        """Found for each one expected; above 1 is more difficulty than others have with such cases."""
        return self.found / self.expected if self.expected else 0.0

    @property
    def is_enough(self) -> bool:
        """Whether there is enough to compare."""
        return self.stays >= FEWEST_STAYS and self.expected >= FEWEST_EXPECTED

    @property
    def is_worse(self) -> bool:
        """Whether it is more than expected, beyond chance."""
        return self.is_enough and self.low > 1

    @property
    def is_better(self) -> bool:
        """Whether it is less than expected, beyond chance."""
        return self.is_enough and self.high < 1


def compare(mine: Tallies, everybody: Mapping[Mix, Tally], *, by_stage: bool) -> list[Compared]:
    """Each unit in each stage, or over all stages, against what everybody's rates make of its mix."""
    found = []
    for unit, cells in mine.items():
        for stage, part in _parts(cells, by_stage=by_stage).items():
            found += [_compared(unit, stage, measure, part, everybody) for measure in Measure]
    return found


def with_intervals(found: Iterable[Compared]) -> list[Compared]:
    """With intervals so wide that all of them hold together in 95 of 100 pages (Bonferroni)."""
    rows = list(found)
    number = max(sum(one.is_enough for one in rows), 1)
    z = NormalDist().inv_cdf(1 - 0.025 / number)
    ends = [interval(one.found, one.expected, z=z) for one in rows]
    judged = [replace(one, low=low, high=high) for one, (low, high) in zip(rows, ends, strict=True)]
    return sorted(judged, key=lambda one: (not one.is_enough, -one.ratio, str(one.unit)))


def _parts(cells: Mapping[Mix, Tally], *, by_stage: bool) -> dict[UUID | None, dict[Mix, Tally]]:
    parts: dict[UUID | None, dict[Mix, Tally]] = defaultdict(dict)
    for mix, tally in cells.items():
        parts[mix.stage if by_stage else None][mix] = tally
    return parts


def _compared(
    unit: Any, stage: UUID | None, measure: Measure, part: Mapping[Mix, Tally], everybody: Mapping[Mix, Tally]
) -> Compared:
    expected = sum(tally.stays * _rate(measure, everybody.get(mix, Tally())) for mix, tally in part.items())
    stays, found = sum(one.stays for one in part.values()), sum(measure.of(one) for one in part.values())
    return Compared(unit, stage, measure, stays, found, expected)


def _rate(measure: Measure, tally: Tally) -> float:
    return measure.of(tally) / tally.stays if tally.stays else 0.0
