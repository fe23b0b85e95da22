"""Columns as matrices: one of plain numbers for trees, one of steps and switches for linear models.

Categories with many values, and whole numbers that may be codes, are told by how often their rows said yes, smoothed
towards the mean; for the rows learned from, by the other rows only (Micci-Barreca, SIGKDD Explorations 3(1), 2001).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .columns import Column, ColumnKind, Floats, Texts
from .measures import Booleans

_SMOOTHING = 10.0
_FEWEST_FOR_A_SWITCH = 20
_MOST_SWITCHES = 60
_MOST_STEPS = 20
_FEW_VALUES = 12
_ROWS_PER_CODE = 20
_FOLDS = 5
_NOTHING = "\0"


@dataclass(frozen=True)
class Matrices:
    """`plain`: float64 (rows, a), NaN where missing. `steps`: float64 (rows, b), no NaN."""

    plain: Floats
    steps: Floats


@dataclass(frozen=True)
class Rates:
    """How often the rows of each value said yes: value -> (rows, positives)."""

    counts: dict[str, tuple[int, float]]
    mean: float

    def of(self, texts: Texts) -> tuple[Floats, Floats]:
        """Smoothed rate and number of rows of each text, both of shape (rows,)."""
        pairs = np.array([self.counts.get(text, (0, 0.0)) for text in texts], dtype=np.float64).reshape(-1, 2)
        return (pairs[:, 1] + _SMOOTHING * self.mean) / (pairs[:, 0] + _SMOOTHING), pairs[:, 0]


@dataclass(frozen=True)
class Part:
    """How one column becomes numbers; learned from the rows of training."""

    name: str
    kind: ColumnKind
    middle: float
    borders: Floats
    switches: tuple[str, ...]
    rates: Rates | None


@dataclass(frozen=True)
class Design:
    """How columns become matrices."""

    parts: tuple[Part, ...]

    def matrices(self, columns: Sequence[Column]) -> Matrices:
        """The matrices of any rows with the same columns."""
        by_name = {column.name: column for column in columns}
        return _joined([_drawn(part, by_name[part.name], part.rates) for part in self.parts])

    def of_training(self, columns: Sequence[Column], yes: Booleans, *, seed: int) -> Matrices:
        """The matrices of the rows learned from: no row's own answer is in its rates."""
        fold = np.random.default_rng(seed).permutation(len(yes)) % _FOLDS
        by_name = {column.name: column for column in columns}
        return _joined([_drawn_by_folds(part, by_name[part.name], yes, fold) for part in self.parts])

    def owners(self, columns: Sequence[Column]) -> list[str]:
        """The column each column of `plain` comes from."""
        return [part.name for part in self.parts for _ in range(_plain_width(part))]


def design_of(columns: Sequence[Column], yes: Booleans) -> Design:
    """Learn from the rows of training how to draw them; identifiers and constants are left out."""
    learnable = [column for column in columns if column.kind not in (ColumnKind.IDENTIFIER, ColumnKind.CONSTANT)]
    return Design(tuple(_part_of(column, yes) for column in learnable))


def _part_of(column: Column, yes: Booleans) -> Part:
    if column.numbers is None:
        counts = Counter(_told(column.texts))
        switches = tuple(text for text, rows in counts.most_common(_MOST_SWITCHES) if rows >= _FEWEST_FOR_A_SWITCH)
        rates = None if len(counts) <= _FEW_VALUES else _rates(column.texts, yes)
        return Part(column.name, column.kind, 0.0, np.empty(0), switches, rates)
    given = column.numbers[~np.isnan(column.numbers)]
    if not len(given):
        return Part(column.name, column.kind, 0.0, np.empty(0), (), None)
    borders = np.unique(np.quantile(given, np.linspace(0, 1, _MOST_STEPS + 1)[1:-1]))
    rates = _rates(column.texts, yes) if _may_be_codes(given) and column.kind is ColumnKind.NUMBER else None
    return Part(column.name, column.kind, float(np.median(given)), borders, (), rates)


def _may_be_codes(given: Floats) -> bool:
    different = len(np.unique(given))
    return bool(np.all(given == np.floor(given))) and _FEW_VALUES < different <= len(given) / _ROWS_PER_CODE


def _told(texts: Texts) -> list[str]:
    return [_NOTHING if text is None else text for text in texts]


def _rates(texts: Texts, yes: Booleans) -> Rates:
    counts: dict[str, tuple[int, float]] = {}
    for text, answer in zip(_told(texts), yes.tolist(), strict=True):
        rows, positives = counts.get(text, (0, 0.0))
        counts[text] = (rows + 1, positives + answer)
    return Rates(counts, float(yes.mean()))


def _drawn_by_folds(part: Part, column: Column, yes: Booleans, fold: NDArray[np.int_]) -> Matrices:
    if part.rates is None:
        return _drawn(part, column, None)
    rate, rows = np.empty(len(yes)), np.empty(len(yes))
    told = np.array(_told(column.texts), dtype=object)
    for number in range(_FOLDS):
        inside = fold == number
        rate[inside], rows[inside] = _rates(column.texts[~inside], yes[~inside]).of(told[inside])
    return _drawn(part, column, part.rates, known=(rate, rows))


def _drawn(part: Part, column: Column, rates: Rates | None, *, known: tuple[Floats, Floats] | None = None) -> Matrices:
    plain: list[Floats] = []
    steps: list[Floats] = []
    if column.numbers is not None:
        plain.append(column.numbers)
        steps.extend(_stairs(part, column.numbers))
    told = np.array(_told(column.texts), dtype=object)
    switched = [(told == text).astype(np.float64) for text in part.switches]
    steps.extend(switched)
    if rates is not None:
        rate, rows = known or rates.of(told)
        plain += [rate, rows]
        steps.append(np.log(rate / (1 - rate)) - np.log(rates.mean / (1 - rates.mean)))
    elif column.numbers is None:
        plain.extend(switched)
    return Matrices(_stacked(plain, len(told)), _stacked(steps, len(told)))


def _stairs(part: Part, numbers: Floats) -> list[Floats]:
    """Missing or not, the height of the step, and one switch a step."""
    step = np.searchsorted(part.borders, np.nan_to_num(numbers, nan=part.middle))
    height = (step - len(part.borders) / 2) / max(len(part.borders), 1)
    first = 0 if len(part.borders) > 1 else 1
    switches = [(step == number).astype(np.float64) for number in range(first, len(part.borders) + 1)]
    return [np.isnan(numbers).astype(np.float64), height, *switches]


def _plain_width(part: Part) -> int:
    number = part.kind is not ColumnKind.CATEGORY
    return number + (2 if part.rates is not None else 0 if number else len(part.switches))


def _stacked(drawn: Sequence[Floats], rows: int) -> Floats:
    return np.column_stack(drawn) if drawn else np.empty((rows, 0))


def _joined(parts: Sequence[Matrices]) -> Matrices:
    return Matrices(np.hstack([part.plain for part in parts]), np.hstack([part.steps for part in parts]))
