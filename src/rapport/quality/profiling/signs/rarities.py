"""Values that stand once in a column of a few values that stand often."""

from rapport.quality.profiling.grid import Column, Grid
from rapport.quality.profiling.suspicion import Suspicion, Suspicions

_NEARLY_ALL = 0.95
_OFTEN = 5
_SHARE = 0.004
_A_FEW = 50
_GAP = 8  # times as often as this a value must stand to be called usual beside it


def find(grid: Grid) -> Suspicions:
    """Suspect the rare values of columns that are lists of choices."""
    found = Suspicions("rare choice")
    for place, column in enumerate(grid.columns):
        if column.filled < _A_FEW:
            continue
        often = max(_OFTEN, _SHARE * column.filled)
        usual = [code for code in column.by_count if column.counts[code] >= often]
        rows = sum(int(column.counts[code]) for code in usual)
        if rows < _NEARLY_ALL * column.filled or len(usual) > 0.05 * column.filled:
            continue
        _suspect(found, place, column, usual, rows / column.filled)
    return found


def _suspect(found: Suspicions, place: int, column: Column, usual: list[int], share: float) -> None:
    least = min(int(column.counts[code]) for code in usual)
    for code in column.by_count[len(usual) :]:
        count = int(column.counts[code])
        likelihood = share * 0.85 * least / (least + _GAP * count)
        often = f"{count} times" if count > 1 else "once"
        reason = f"{share:.0%} of the rows have one of {len(usual)} values; this one stands {often}."
        found.of_value(place, code, Suspicion(likelihood, reason))
