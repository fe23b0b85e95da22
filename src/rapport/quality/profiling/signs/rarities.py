"""Values that stand seldom in a column of a few values that stand often."""

from rapport.quality.profiling.choices import Choices, choices_of
from rapport.quality.profiling.grid import Column, Grid
from rapport.quality.profiling.suspicion import Suspicion, Suspicions

_NEARLY_ALL = 0.95
_OFTEN = 5
_SHARE = 0.004
_A_FEW = 50
_CLEAR = (0.9, 30)  # the share of the usual values, and how many times as often as others they stand
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
        if rows >= _NEARLY_ALL * column.filled and len(usual) <= 0.05 * column.filled:
            _suspect(found, place, column, usual, rows / column.filled)
        if choices := choices_of(column):
            _suspect_derived(found, place, column, choices)
            _suspect_others(found, place, column, choices)
    return found


def _suspect(found: Suspicions, place: int, column: Column, usual: list[int], share: float) -> None:
    least = min(int(column.counts[code]) for code in usual)
    for code in column.by_count[len(usual) :]:
        count = int(column.counts[code])
        likelihood = share * 0.85 * least / (least + _GAP * count)
        often = f"{count} times" if count > 1 else "once"
        reason = f"{share:.0%} of the rows have one of {len(usual)} values; this one stands {often}."
        found.of_value(place, code, Suspicion(likelihood, reason))


def _suspect_derived(found: Suspicions, place: int, column: Column, choices: Choices) -> None:
    """Where much was spoilt, what comes from a usual value is suspected; a rare choice stays."""
    for code, meant in choices.derived.items():
        count, usual = int(column.counts[code]), int(column.counts[meant])
        likelihood = 0.9 * usual / (usual + _GAP * count)
        name = column.values[meant]
        reason = f"It looks like “{name[:60]}”, one of {len(choices.usual)} values that {choices.share:.0%} have."
        found.of_value(place, code, Suspicion(likelihood, reason, name, likelihood * 0.85))


def _suspect_others(found: Suspicions, place: int, column: Column, choices: Choices) -> None:
    """Beside a few values that stand very often, any other is suspected."""
    share, gap = _CLEAR
    if choices.share < share or choices.gap < gap:
        return
    reason = f"{choices.share:.0%} of the rows have one of {len(choices.usual)} values, and nearly none another one."
    for code in column.by_count[len(choices.usual) :]:
        found.of_value(place, code, Suspicion(0.6, reason))
