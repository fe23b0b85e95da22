"""Comparing teams fairly: against what would be expected of their mix of records, with an interval.

*Expected* is what a team would have if each of its records, by type and source, had as many findings as such records
have everywhere. The ratio of found to expected is standardised so for the case mix (indirect standardisation). Its
interval is Byar's approximation of the exact Poisson one (Breslow and Day, "Statistical Methods in Cancer Research",
volume II, 1987, page 69). Teams with too little to compare are shown without a verdict.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any
from uuid import UUID

from django.db.models import Sum

from rapport.core.actors import Actor
from rapport.identity.models import Team

from .figures import Asked, fits
from .sight import populations_for, rules_for, tallies_for
from .sources import Source, source_of

FEWEST_RECORDS, FEWEST_EXPECTED = 50, 20.0
_Z = 1.96  # of a 95 % interval

Cell = tuple[str, Source]


@dataclass(frozen=True)
class Compared:
    """One team: what was found, what would be expected, and the ratio with its 95 % interval."""

    team_id: UUID
    name: str
    records: int
    found: int
    expected: float
    low: float
    high: float

    @property
    def ratio(self) -> float:
        """Found for each one expected; below 1 is better than the others."""
        return self.found / self.expected if self.expected else 0.0

    @property
    def is_enough(self) -> bool:
        """Whether there is enough to compare."""
        return self.records >= FEWEST_RECORDS and self.expected >= FEWEST_EXPECTED

    @property
    def is_better(self) -> bool:
        """Whether it has fewer than expected, beyond chance."""
        return self.is_enough and self.high < 1

    @property
    def is_worse(self) -> bool:
        """Whether it has more than expected, beyond chance."""
        return self.is_enough and self.low > 1


def compare_teams(actor: Actor, asked: Asked) -> list[Compared]:
    """The teams of which the actor sees everything; nothing where there are fewer than two to compare."""
    rules = {key: rule for key, rule in rules_for(actor).items() if fits(rule, asked)}
    narrowed = asked.condition()
    tallies: Any = tallies_for(actor, rules).filter(narrowed).order_by()
    people: Any = populations_for(actor, rules).filter(narrowed).order_by()
    found = _cells(tallies.values_list("team_id", "record_type", "source").annotate(Sum("open")))
    records = _cells(people.values_list("team_id", "record_type", "source").annotate(Sum("records")))
    names = dict(Team.objects.values_list("pk", "name"))
    teams = [key for key in records if key in names]
    if len(teams) < 2:
        return []
    rates = _rates(found, records)
    return sorted(
        (_compared(key, names[key], found.get(key, {}), records[key], rates) for key in teams),
        key=lambda one: (not one.is_enough, one.ratio, one.name),
    )


def _cells(rows: Iterable[tuple[UUID | None, str, str, int]]) -> dict[UUID | None, dict[Cell, int]]:
    cells: dict[UUID | None, dict[Cell, int]] = defaultdict(lambda: defaultdict(int))
    for team_id, record_type, source, count in rows:
        cells[team_id][record_type, source_of(source)] += count
    return cells


def _rates(
    found: Mapping[UUID | None, Mapping[Cell, int]], records: Mapping[UUID | None, Mapping[Cell, int]]
) -> dict[Cell, float]:
    """Findings for each record, by type and source, among all that is seen."""
    findings, among = _totals(found), _totals(records)
    return {cell: findings.get(cell, 0) / count for cell, count in among.items() if count}


def _totals(cells: Mapping[UUID | None, Mapping[Cell, int]]) -> dict[Cell, int]:
    totals: dict[Cell, int] = defaultdict(int)
    for by_cell in cells.values():
        for cell, count in by_cell.items():
            totals[cell] += count
    return totals


def _compared(
    team_id: UUID | None, name: str, found: Mapping[Cell, int], records: Mapping[Cell, int], rates: Mapping[Cell, float]
) -> Compared:
    assert team_id is not None
    count = sum(number for cell, number in found.items() if cell in rates)
    expected = sum(number * rates[cell] for cell, number in records.items() if cell in rates)
    low, high = interval(count, expected)
    return Compared(team_id, name, sum(records.values()), count, expected, low, high)


def interval(found: int, expected: float, *, z: float = _Z) -> tuple[float, float]:
    """The interval of found by expected, by Byar's approximation; of 95 % unless another `z` is given."""
    if not expected:
        return 0.0, 0.0
    low = found * (1 - 1 / (9 * found) - z / (3 * sqrt(found))) ** 3 if found else 0.0
    more = found + 1
    high = more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3
    return max(low, 0.0) / expected, high / expected
