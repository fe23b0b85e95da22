"""Words that stand for “no value”, and blanks where nearly every row has a value."""

from rapport.quality.profiling.grid import Column, Grid
from rapport.quality.profiling.suspicion import Suspicion, Suspicions

_ALWAYS = frozenset(
    (
        *("n/a", "#n/a", "n.a.", "n.a", "#na", "null", "(null)", "[null]", "<null>", "nan", "(blank)", "tbd", "t.b.d."),
        *("-", "--", "---", "–", "—", "?", "??", "???", ".", "..", "...", "undefined"),
        *("#ref!", "#value!", "#name?", "#div/0!", "not available", "not applicable", "not specified", "no value"),
    )
)
_SOMETIMES = frozenset({"na", "none", "nil", "unknown", "missing", "inconnu", "desconhecido", "unbekannt", "nd", "s/n"})
_MOSTLY_FILLED = 0.985
_FILLED_LIKE_THE_REST = 0.96
_FEW_ROWS = 20
_USUALLY_MISSING = 0.05


def find(grid: Grid) -> Suspicions:
    """Suspect words for “nothing”, and blanks in columns that are nearly full."""
    found = Suspicions("missing")
    least = _least_filled(grid)
    for place, column in enumerate(grid.columns):
        for code, value in enumerate(column.values):
            likelihood = _stands_for_nothing(value.strip().casefold(), column, code)
            if likelihood:
                is_usual = column.counts[code] + column.blanks > _USUALLY_MISSING * grid.height
                found.of_value(place, code, _spelt(value, likelihood, is_usual=is_usual))
        _blanks(found, place, column, grid.height, least)
    return found


def _stands_for_nothing(word: str, column: Column, code: int) -> float:
    if word in _ALWAYS:
        return 0.97
    if word not in _SOMETIMES:
        return 0.0
    if column.share_of_numbers > 0.5:
        return 0.95
    is_a_usual_choice = column.counts[code] > 0.02 * column.filled and column.different < 0.1 * column.filled
    return 0.3 if is_a_usual_choice else 0.8


def _spelt(value: str, likelihood: float, *, is_usual: bool) -> Suspicion:
    """Where values are often missing the cell should be empty; elsewhere a value was lost."""
    if is_usual:
        reason = f"“{value.strip()}” stands for no value; leave the cell empty."
        return Suspicion(likelihood, reason, "", likelihood * 0.95)
    return Suspicion(likelihood, f"“{value.strip()}” stands for no value.")


def _least_filled(grid: Grid) -> float:
    """From which share of values on a column counts as meant to be full: few blanks are lost values where all are."""
    is_full = grid.height and all(column.filled >= _FILLED_LIKE_THE_REST * grid.height for column in grid.columns)
    return _FILLED_LIKE_THE_REST if is_full and len(grid.columns) > 2 else _MOSTLY_FILLED


def _blanks(found: Suspicions, place: int, column: Column, height: int, least: float) -> None:
    share = column.filled / height if height else 0.0
    if height < _FEW_ROWS or share < least or share == 1:
        return
    reason = f"There is no value, where {share:.0%} of the rows have one."
    likelihood = 0.5 + 10 * max(0.0, share - _MOSTLY_FILLED)
    for code, value in enumerate(column.values):
        if not value.strip():
            found.of_value(place, code, Suspicion(likelihood, reason))
