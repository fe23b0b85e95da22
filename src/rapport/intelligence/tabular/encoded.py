"""Columns that were worked out from the answers: how often a group of rows said yes, with or without the row itself.

Such a column repeats a category in numbers and carries each row's own answer with it, the more so the smaller the
groups are (target encoding; Micci-Barreca, SIGKDD Explorations 3(1), 2001). An honest property of a group differs from
how often its rows said yes by chance at least; one that differs less was made of the answers.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .columns import Column, ColumnKind, Floats
from .measures import Booleans

_FEWEST_GROUPS = 30
_CLOSER_THAN_CHANCE = 0.3
_PARTED = 0.97
_SMALLEST_PARTED = 4
_MOST_KEYS = 20

Places = NDArray[np.intp]


def made_of_answers(columns: Sequence[Column], yes: Booleans) -> frozenset[str]:
    """The names of such columns."""
    keys = sorted((key for column in columns if (key := _groups(column)) is not None), key=_number_of, reverse=True)
    numbers = [column for column in columns if column.numbers is not None and column.kind is not ColumnKind.CONSTANT]
    return frozenset(
        column.name
        for column in numbers
        if any(_is_made_of(column.numbers, key, yes) for key in keys[:_MOST_KEYS] if column.numbers is not None)
    )


def _groups(column: Column) -> Places | None:
    """Which group each row is in, by what the column says; nothing where groups are few, or of one row each."""
    where = column.coded.places
    groups = len(np.unique(where))
    return where if _FEWEST_GROUPS <= groups <= len(where) / 2 else None


def _number_of(where: Places) -> int:
    return int(where.max()) + 1 if len(where) else 0


def _is_made_of(numbers: Floats, where: Places, yes: Booleans) -> bool:
    known = ~np.isnan(numbers)
    if known.sum() < len(known) / 2:
        return False
    numbers, where, yes = numbers[known], where[known], yes[known]
    groups = _number_of(where)
    least, most = np.full(groups, np.inf), np.full(groups, -np.inf)
    np.minimum.at(least, where, numbers)
    np.maximum.at(most, where, numbers)
    rows = np.bincount(where, minlength=groups)
    if (least[rows > 0] == most[rows > 0]).all():
        return _tells_rates(least, where, yes)
    return _leaves_itself_out(numbers, where, yes)


def _tells_rates(value: Floats, where: Places, yes: Booleans) -> bool:
    """Whether the rates of groups lie closer to a smoothed rate, as the value would be, than chance allows."""
    rows = np.bincount(where, minlength=len(value)).astype(np.float64)
    positives = np.bincount(where, weights=yes.astype(np.float64), minlength=len(value))
    some = rows >= 2
    if some.sum() < _FEWEST_GROUPS or len(np.unique(value[some])) < 3:
        return False
    rows, rate, value = rows[some], positives[some] / rows[some], value[some]
    drawn = np.column_stack([np.ones_like(rows), value, value / rows, 1 / rows])
    weight = np.sqrt(rows)
    fitted = drawn @ np.linalg.lstsq(drawn * weight[:, None], rate * weight, rcond=None)[0]
    by_chance = np.clip(fitted, 0, 1) * (1 - np.clip(fitted, 0, 1))
    return bool((rows * (rate - fitted) ** 2).sum() < _CLOSER_THAN_CHANCE * by_chance.sum())


def _leaves_itself_out(numbers: Floats, where: Places, yes: Booleans) -> bool:
    """Whether within nearly all groups those that said yes lie wholly on one side of those that didn't."""
    groups = _number_of(where)
    rows = np.bincount(where, minlength=groups)
    positives = np.bincount(where, weights=yes.astype(np.float64), minlength=groups)
    both = (rows >= _SMALLEST_PARTED) & (positives > 0) & (positives < rows)
    if both.sum() < _FEWEST_GROUPS:
        return False
    low, high = (_ends(numbers, where, side, groups) for side in (yes, ~yes))
    below, above = low[1] < high[0], low[0] > high[1]
    return bool(max(below[both].mean(), above[both].mean()) >= _PARTED)


def _ends(numbers: Floats, where: Places, side: Booleans, groups: int) -> tuple[Floats, Floats]:
    least, most = np.full(groups, np.inf), np.full(groups, -np.inf)
    np.minimum.at(least, where[side], numbers[side])
    np.maximum.at(most, where[side], numbers[side])
    return least, most
