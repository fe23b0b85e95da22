"""Columns that were worked out from the answers: how often a group of rows said yes, with or without the row itself.

Such a column repeats a category in numbers and carries each row's own answer with it, the more so the smaller the
groups are (target encoding; Micci-Barreca, SIGKDD Explorations 3(1), 2001). An honest property of a group differs from
how often its rows said yes by chance at least; one that differs less was made of the answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Key:
    """Rows by what a column says: `order` puts those of a group together, first those that said no; `part`, in that
    order, is twice the group's number, one more for yes."""

    order: Places
    part: Places

    @property
    def groups(self) -> int:
        """How many there may be; some may be empty."""
        return int(self.part[-1]) // 2 + 1


@dataclass(frozen=True)
class Parts:
    """How many of each group said no, and yes, and the ends of their numbers; shape (2, groups) each."""

    rows: Floats
    least: Floats
    most: Floats


def made_of_answers(columns: Sequence[Column], yes: Booleans) -> frozenset[str]:
    """The names of such columns."""
    found = (_key(column, yes) for column in columns)
    keys = sorted((key for key in found if key is not None), key=lambda key: key.groups, reverse=True)[:_MOST_KEYS]
    numbers = [column for column in columns if column.numbers is not None and column.kind is not ColumnKind.CONSTANT]
    return frozenset(
        column.name
        for column in numbers
        if column.numbers is not None and any(_is_made_of(column.numbers, key) for key in keys)
    )


def _key(column: Column, yes: Booleans) -> Key | None:
    """Nothing where groups are few, or of one row each."""
    where = column.coded.places
    if not _FEWEST_GROUPS <= np.count_nonzero(np.bincount(where)) <= len(where) / 2:
        return None
    part = 2 * where + yes
    order = np.argsort(part, kind="stable")
    return Key(order, part[order])


def _is_made_of(numbers: Floats, key: Key) -> bool:
    parts = _parts(numbers, key)
    if parts is None:
        return False
    rows, least = parts.rows.sum(axis=0), parts.least.min(axis=0)
    if (least == parts.most.max(axis=0))[rows > 0].all():
        return _tells_rates(least, rows, parts.rows[1])
    return _leaves_itself_out(parts)


def _parts(numbers: Floats, key: Key) -> Parts | None:
    """Nothing where most numbers are missing."""
    values, part = numbers[key.order], key.part
    known = ~np.isnan(values)
    if known.sum() < len(known) / 2:
        return None
    if not known.all():
        values, part = values[known], part[known]
    first = np.flatnonzero(np.diff(part, prepend=-1))
    place = (part[first] % 2, part[first] // 2)
    shape = (2, key.groups)
    rows, least, most = np.zeros(shape), np.full(shape, np.inf), np.full(shape, -np.inf)
    rows[place] = np.diff(first, append=len(part))
    least[place], most[place] = np.minimum.reduceat(values, first), np.maximum.reduceat(values, first)
    return Parts(rows, least, most)


def _tells_rates(value: Floats, rows: Floats, positives: Floats) -> bool:
    """Whether the rates of groups lie closer to a smoothed rate, as the value would be, than chance allows."""
    some = rows >= 2
    if some.sum() < _FEWEST_GROUPS or len(np.unique(value[some])) < 3:
        return False
    rows, rate, value = rows[some], positives[some] / rows[some], value[some]
    drawn = np.column_stack([np.ones_like(rows), value, value / rows, 1 / rows])
    weight = np.sqrt(rows)
    fitted = drawn @ np.linalg.lstsq(drawn * weight[:, None], rate * weight, rcond=None)[0]
    by_chance = np.clip(fitted, 0, 1) * (1 - np.clip(fitted, 0, 1))
    return bool((rows * (rate - fitted) ** 2).sum() < _CLOSER_THAN_CHANCE * by_chance.sum())


def _leaves_itself_out(parts: Parts) -> bool:
    """Whether within nearly all groups those that said yes lie wholly on one side of those that didn't."""
    both = (parts.rows.sum(axis=0) >= _SMALLEST_PARTED) & (parts.rows > 0).all(axis=0)
    if both.sum() < _FEWEST_GROUPS:
        return False
    below, above = parts.most[1] < parts.least[0], parts.least[1] > parts.most[0]
    return bool(max(below[both].mean(), above[both].mean()) >= _PARTED)
