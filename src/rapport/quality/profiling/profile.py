"""A table in, its errors out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .asking import rows_to_ask
from .findings import Finding, findings_of
from .grid import Column, Grid, grid_of
from .inspection import Inspection, Likelihoods, inspect
from .labels import Labels, labels_of

Table = Mapping[str, Sequence[str | None]]
_MOSTLY = 0.8
_FEW_CHOICES = 0.05
_EXAMPLES = 3


@dataclass(frozen=True)
class ColumnProfile:
    """What a column holds: `kind` is numbers, choices, identifiers or texts, `usual` its most frequent values."""

    name: str
    kind: str
    filled: int
    different: int
    usual: Sequence[str]
    wrong: int


@dataclass(frozen=True)
class FoundDependency:
    """`left` tells `right` in a share of the rows; `strength` is how much better than by chance (0 to 1)."""

    left: str
    right: str
    strength: float
    share: float


@dataclass(frozen=True)
class Profile:
    """What was found in a table of so many rows."""

    rows: int
    columns: Sequence[ColumnProfile]
    dependencies: Sequence[FoundDependency]
    findings: Sequence[Finding]


def profile(table: Table, *, labelled: Table | None = None, seed: int = 1) -> Profile:
    """Find the cells of a table that are probably wrong.

    `labelled` are some of its rows with right values (see `labels`). The same table and seed give the same answer.
    Raises `UselessLabels`.
    """
    grid = grid_of(table)
    labels = labels_of(grid, labelled) if labelled else None
    inspection = inspect(grid)
    findings = _corrected(_findings(inspection, labels, seed), grid, labels)
    wrong = Counter(finding.column for finding in findings)
    return Profile(
        rows=grid.height,
        columns=[_described(column, wrong[column.name]) for column in grid.columns],
        dependencies=_dependencies(inspection),
        findings=findings,
    )


def rows_worth_correcting(table: Table, count: int) -> list[int]:
    """The rows, counted from 0, that teach most when somebody corrects them."""
    grid = grid_of(table)
    return rows_to_ask(inspect(grid), count) if grid.height else []


def _findings(inspection: Inspection, labels: Labels | None, seed: int) -> list[Finding]:
    if labels is None:
        plain: list[Likelihoods] = [inspection.likelihoods(place) for place in range(len(inspection.grid.columns))]
        return findings_of(inspection, plain)
    from .learning import learned  # takes a second to load, and is seldom needed

    return findings_of(inspection, learned(inspection, labels.wrong, seed=seed))


def _corrected(findings: Sequence[Finding], grid: Grid, labels: Labels | None) -> list[Finding]:
    """With what the labels say themselves in place of proposals."""
    if labels is None:
        return list(findings)
    places = {column.name: place for place, column in enumerate(grid.columns)}
    return [_labelled(finding, labels.right.get((finding.row, places[finding.column]))) for finding in findings]


def _labelled(finding: Finding, right: str | None) -> Finding:
    if right is None:
        return finding
    return replace(finding, reason="It was corrected in the labelled rows.", proposal=right, confidence=1.0)


def _described(column: Column, wrong: int) -> ColumnProfile:
    usual = [column.values[code] for code in column.by_count[:_EXAMPLES]]
    return ColumnProfile(column.name, _kind(column), column.filled, column.different, usual, wrong)


def _kind(column: Column) -> str:
    if not column.filled:
        return "nothing"
    if column.different == column.filled > 1:
        return "identifiers"
    if column.share_of_numbers >= _MOSTLY:
        return "numbers"
    return "choices" if column.different <= max(2, _FEW_CHOICES * column.filled) else "texts"


def _dependencies(inspection: Inspection) -> list[FoundDependency]:
    names = [column.name for column in inspection.grid.columns]
    return [
        FoundDependency(names[found.left], names[found.right], round(found.strength, 3), round(1 - found.wrong, 4))
        for found in inspection.dependencies
    ]
