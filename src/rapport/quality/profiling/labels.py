"""Rows that somebody corrected, found again in the table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rapport.core.problems import Problem

from .grid import Column, Grid

ROW = "row"


class UselessLabels(Problem):
    """The labelled rows don't belong to the table."""


@dataclass(frozen=True)
class Labels:
    """Right values by (row, column), both by position, and which of those cells are wrong in the table."""

    right: Mapping[tuple[int, int], str]
    wrong: Mapping[tuple[int, int], bool]


def labels_of(grid: Grid, corrected: Mapping[str, Sequence[str | None]]) -> Labels:
    """Labels from a table with the same columns whose values are right.

    Its rows are told by a column `row` (counted from 1), or, without one, by the values they share with the table.
    Raises `UselessLabels`.
    """
    shared = [(place, column) for place, column in enumerate(grid.columns) if column.name in corrected]
    if not shared:
        raise UselessLabels("The labelled rows have none of the file's columns. Give corrected rows with its headings.")
    height = len(corrected[shared[0][1].name])
    is_numbered = ROW in corrected and ROW not in {column.name for column in grid.columns}
    rows = _numbers(grid, corrected[ROW]) if is_numbered else _likest(shared, corrected, height)
    right = {
        (row, place): corrected[column.name][number] or ""
        for number, row in enumerate(rows)
        for place, column in shared
    }
    return Labels(right, {cell: grid.value(*cell) != value for cell, value in right.items()})


def _numbers(grid: Grid, texts: Sequence[str | None]) -> list[int]:
    rows = []
    for text in texts:
        number = int(text) if text and text.strip().isdecimal() else 0
        if not 1 <= number <= grid.height:
            raise UselessLabels(f"“{text}” is no row: give numbers from 1 to {grid.height} in the column “{ROW}”.")
        rows.append(number - 1)
    return rows


def _likest(
    shared: Sequence[tuple[int, Column]], corrected: Mapping[str, Sequence[str | None]], height: int
) -> list[int]:
    """For each corrected row the row of the table that shares most values with it, rare ones counting more."""
    taken: Counter[int] = Counter()
    rows = []
    for number in range(height):
        likeness = np.zeros(len(shared[0][1].codes))
        for _place, column in shared:
            value = corrected[column.name][number] or ""
            same = column.codes == (column.code_of.get(value, -1))
            likeness += same / (1 + np.log(max(1, same.sum())))
        for row in taken:
            likeness[row] = 0
        best = int(likeness.argmax())
        if not likeness[best]:
            raise UselessLabels(
                f"Labelled row {number + 1} is like no row of the file. Add a column “{ROW}” with its number."
            )
        taken[best] += 1
        rows.append(best)
    return rows
