"""Numbers far outside what rows like theirs have: the price of one product, the pay of one grade."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rapport.quality.profiling.grid import Column, Grid
from rapport.quality.profiling.suspicion import Suspicion, Suspicions

from .outliers import is_code

_A_FEW = 60
_OF_A_GROUP = 12
_MOST_GROUPS = 300
_GROUPED = 0.8
_NARROWER = 0.35  # widths of the middle halves, within groups to over all
_FAR = 3.0
_LEAST_WIDTH = 0.02  # in powers of ten
_MOST_COLUMNS = 40
_FINE = 0.05  # of the rows have a number of their own, where something is measured and not counted
_NEAR = 1.5  # where the slopes of most groups end
_MODE = 3
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class _Spread:
    """By group: the middle half of its numbers, as powers of ten; NaN where a group has too few."""

    low: Numbers
    high: Numbers

    @property
    def width(self) -> Numbers:
        return np.maximum(self.high - self.low, _LEAST_WIDTH)


def find(grid: Grid) -> Suspicions:
    """Suspect numbers far out among the rows that share a value of another column."""
    found = Suspicions("among its like")
    columns = list(enumerate(grid.columns))[:_MOST_COLUMNS]
    for place, column in columns:
        sizes = _sizes(column)
        if sizes is None:
            continue
        for other, groups in columns:
            if other != place and 2 < groups.different <= _MOST_GROUPS:
                for row, said in _far_out(column, groups, sizes):
                    found.of_cell(row, place, said)
    return found


def _sizes(column: Column) -> Numbers | None:
    """The numbers above nothing of each row as powers of ten; None for columns that count, name or number."""
    if column.share_of_numbers < _GROUPED or column.filled < _A_FEW or is_code(column):
        return None
    if not _FINE * column.filled < column.different < column.filled:
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        sizes = np.log10(np.where(column.numbers > 0, column.numbers, np.nan))[column.codes]
    return np.asarray(sizes, dtype=np.float64)


def _far_out(column: Column, groups: Column, sizes: Numbers) -> Iterator[tuple[int, Suspicion]]:
    rows = np.flatnonzero(~np.isnan(sizes) & (groups.codes != groups.blank))
    spread = _spread(groups, sizes, rows)
    known = ~np.isnan(spread.low[groups.codes[rows]])
    rows = rows[known]
    if len(rows) < max(_A_FEW, _GROUPED * column.filled * 0.5):
        return
    low, high = np.quantile(sizes[rows], [0.25, 0.75])
    widths = spread.width[groups.codes[rows]]
    if float(np.median(widths)) > _NARROWER * float(high - low):
        return
    beyond = np.maximum(spread.low[groups.codes[rows]] - sizes[rows], sizes[rows] - spread.high[groups.codes[rows]])
    far = beyond / widths
    slope, out = int(((far > _NEAR) & (far <= _FAR)).sum()), rows[far > _FAR]
    if not len(out) or slope >= len(out):
        return
    for row, distance in zip(out, far[far > _FAR], strict=True):
        if not _is_in_company(groups, sizes, int(row), spread):
            likelihood = (1 - slope / len(out)) * min(0.9, 0.7 + 0.03 * (float(distance) - _FAR))
            yield int(row), Suspicion(likelihood, _reason(groups, int(row), spread))


def _is_in_company(groups: Column, sizes: Numbers, row: int, spread: _Spread) -> bool:
    """Whether several rows of the group have about that number: then it has two middles."""
    code = groups.codes[row]
    near = (groups.codes == code) & (np.abs(sizes - sizes[row]) < spread.width[code] / 2)
    return int(near.sum()) > max(_MODE, 0.01 * int(groups.counts[code]))


def _spread(groups: Column, sizes: Numbers, rows: npt.NDArray[np.int64]) -> _Spread:
    low, high = (np.full(len(groups.values), np.nan) for _edge in range(2))
    order = rows[np.argsort(groups.codes[rows], kind="stable")]
    starts = np.flatnonzero(np.diff(groups.codes[order], prepend=-1))
    for part in np.split(order, starts[1:]):
        if len(part) >= _OF_A_GROUP:
            low[groups.codes[part[0]]], high[groups.codes[part[0]]] = np.quantile(sizes[part], [0.25, 0.75])
    return _Spread(low, high)


def _reason(groups: Column, row: int, spread: _Spread) -> str:
    code = groups.codes[row]
    edges = [f"{10 ** float(edge[code]):.4g}" for edge in (spread.low, spread.high)]
    named = f"“{groups.values[code][:40]}” in “{groups.name}”"
    return f"Half of the rows with {named} are between {edges[0]} and {edges[1]}."
