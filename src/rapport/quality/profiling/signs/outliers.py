"""Numbers far outside what their column holds otherwise."""

import numpy as np

from rapport.quality.profiling.grid import Column, Grid, Numbers
from rapport.quality.profiling.suspicion import Suspicion, Suspicions

_MOSTLY_NUMBERS = 0.8
_A_FEW = 30
_FAR = 4.0  # widths of the middle half, beyond its edge; Tukey calls 3 "far out"


def find(grid: Grid) -> Suspicions:
    """Suspect numbers far out both as they stand and by their order of magnitude."""
    found = Suspicions("outlier")
    for place, column in enumerate(grid.columns):
        if (
            column.share_of_numbers < _MOSTLY_NUMBERS
            or column.filled < _A_FEW
            or column.different < 8
            or is_code(column)
        ):
            continue
        far = np.minimum(_distance(column, column.numbers), _distance(column, _magnitude(column.numbers)))
        for code in np.flatnonzero(far > _FAR):
            likelihood = min(0.9, 0.5 + 0.04 * (float(far[code]) - _FAR))
            low, high = _middle(column, column.numbers)
            reason = f"It lies far outside the usual: half of the values are between {low:g} and {high:g}."
            found.of_value(place, int(code), Suspicion(likelihood, reason))
    return found


def is_code(column: Column) -> bool:
    """Whether a column holds whole numbers of one length: those name things and measure nothing."""
    widths = {len(column.values[code]): int(column.counts[code]) for code in column.by_count}
    same = sum(
        int(column.counts[code])
        for code in column.by_count
        if len(column.values[code]) == max(widths, key=lambda width: widths[width])
    )
    return (
        same > 0.9 * column.filled
        and bool(np.nanmax(np.abs(column.numbers)) >= 1000)
        and bool((np.nan_to_num(column.numbers) % 1 == 0).all())
    )


def _magnitude(numbers: Numbers) -> Numbers:
    """Signed logarithms, so that amounts of many sizes become comparable."""
    return np.asarray(np.sign(numbers) * np.log10(1 + np.abs(numbers)))


def _middle(column: Column, scale: Numbers) -> tuple[float, float]:
    known = ~np.isnan(scale)
    rows = np.repeat(scale[known], column.counts[known])
    low, high = np.quantile(rows, [0.25, 0.75])
    return float(low), float(high)


def _distance(column: Column, scale: Numbers) -> Numbers:
    """How many widths of the middle half each value lies outside it."""
    low, high = _middle(column, scale)
    width = high - low
    if width <= 0:
        return np.zeros(len(scale))
    return np.nan_to_num(np.maximum(low - scale, scale - high) / width)
