"""Columns as matrices: one of plain numbers for trees, two for linear models: of steps and switches, and of straight
lines and switches.

Categories with many values, and whole numbers that are codes, are told by how often their rows said yes, smoothed
towards the mean; for the rows learned from, by the other rows only (Micci-Barreca, SIGKDD Explorations 3(1), 2001).
Of texts, the words count that tell most of the answer.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .codes import are_codes
from .columns import Coded, Column, ColumnKind, Floats, Texts, words_in
from .measures import Booleans

_SMOOTHING = 10.0
_FEWEST_FOR_A_SWITCH = 20
_MOST_SWITCHES = 60
_MOST_STEPS = 20
_FEW_VALUES = 12
_FOLDS = 5
_MOST_WORDS = 60
_TELLING = 3.0
_OUTER = 0.01
_FARTHEST = 5.0
"""In spreads from the middle; what lies further out counts as that far."""


@dataclass(frozen=True)
class Matrices:
    """`plain`: float64 (rows, a), NaN where missing. `steps` and `lines`: float64 (rows, b) and (rows, c), no NaN,
    drawn when asked for."""

    plain: Floats
    draw_steps: Callable[[], Floats]
    draw_lines: Callable[[], Floats]

    @cached_property
    def steps(self) -> Floats:
        """For linear models that follow curves."""
        return self.draw_steps()

    @cached_property
    def lines(self) -> Floats:
        """For linear models that go straight; no number is taken for a code there."""
        return self.draw_lines()


@dataclass(frozen=True)
class Rates:
    """How often the rows of each value said yes: value -> (rows, positives)."""

    counts: dict[str, tuple[int, float]]
    mean: float

    def of(self, coded: Coded) -> tuple[Floats, Floats]:
        """Smoothed rate and number of rows of what stands in each row, both of shape (rows,)."""
        known = [self.counts.get(value, (0, 0.0)) for value in coded.values]
        pairs = np.array(known, dtype=np.float64).reshape(-1, 2)[coded.places]
        return (pairs[:, 1] + _SMOOTHING * self.mean) / (pairs[:, 0] + _SMOOTHING), pairs[:, 0]


@dataclass(frozen=True)
class Part:
    """How one column becomes numbers; learned from the rows of training. `spread` is the standard deviation of its
    numbers but the outermost, 0 where there are none."""

    name: str
    kind: ColumnKind
    middle: float
    borders: Floats
    switches: tuple[str, ...]
    rates: Rates | None
    spread: float = 0.0


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
    if column.kind is ColumnKind.TEXT:
        return Part(column.name, column.kind, 0.0, np.empty(0), _telling_words(column.texts, yes), None)
    if column.numbers is None:
        counts = _counted(column.coded)
        switches = tuple(text for text, rows in counts.most_common(_MOST_SWITCHES) if rows >= _FEWEST_FOR_A_SWITCH)
        rates = None if switches and len(counts) <= _FEW_VALUES else _rates(column.coded, yes)
        return Part(column.name, column.kind, 0.0, np.empty(0), switches, rates)
    given = column.numbers[~np.isnan(column.numbers)]
    if not len(given):
        return Part(column.name, column.kind, 0.0, np.empty(0), (), None)
    borders = np.unique(np.quantile(given, np.linspace(0, 1, _MOST_STEPS + 1)[1:-1]))
    is_code = column.kind is ColumnKind.NUMBER and are_codes(column.numbers, yes)
    rates = _rates(column.coded, yes) if is_code else None
    return Part(column.name, column.kind, float(np.median(given)), borders, (), rates, _spread(given))


def _spread(given: Floats) -> float:
    return float(np.clip(given, *np.quantile(given, [_OUTER, 1 - _OUTER])).std())


def _telling_words(texts: Texts, yes: Booleans) -> tuple[str, ...]:
    """The words whose rows say yes more or less often than others beyond chance, the surest first."""
    rows: Counter[str] = Counter()
    positives: Counter[str] = Counter()
    for text, answer in zip(texts, yes.tolist(), strict=True):
        words = words_in(text or "")
        rows.update(words)
        if answer:
            positives.update(words)
    mean = float(yes.mean())
    spread = max(mean * (1 - mean), 1e-9)
    sure = {
        word: abs(positives[word] - mean * count) / (spread * count) ** 0.5
        for word, count in rows.items()
        if count >= _FEWEST_FOR_A_SWITCH
    }
    return tuple(sorted((word for word in sure if sure[word] >= _TELLING), key=lambda one: (-sure[one], one)))[
        :_MOST_WORDS
    ]


def _counted(coded: Coded) -> Counter[str]:
    rows = np.bincount(coded.places, minlength=len(coded.values)).tolist()
    return Counter({value: count for value, count in zip(coded.values, rows, strict=True) if count})


def _rates(coded: Coded, yes: Booleans) -> Rates:
    rows = np.bincount(coded.places, minlength=len(coded.values)).tolist()
    positives = np.bincount(coded.places, weights=yes.astype(np.float64), minlength=len(coded.values)).tolist()
    found = zip(coded.values, rows, positives, strict=True)
    return Rates({value: (count, said) for value, count, said in found if count}, float(yes.mean()))


def _drawn_by_folds(part: Part, column: Column, yes: Booleans, fold: NDArray[np.int_]) -> Matrices:
    if part.rates is None:
        return _drawn(part, column, None)
    rate, rows = np.empty(len(yes)), np.empty(len(yes))
    values, places = column.coded.values, column.coded.places
    for number in range(_FOLDS):
        inside = fold == number
        others = _rates(Coded(values, places[~inside]), yes[~inside])
        rate[inside], rows[inside] = others.of(Coded(values, places[inside]))
    return _drawn(part, column, part.rates, known=(rate, rows))


def _drawn(part: Part, column: Column, rates: Rates | None, *, known: tuple[Floats, Floats] | None = None) -> Matrices:
    told = None if rates is None else known or rates.of(column.coded)
    switched = _switches(part, column) if told is None and column.numbers is None else None
    plain: list[Floats] = list(switched or [])
    if column.numbers is not None:
        plain.append(column.numbers if len(part.borders) else np.zeros(len(column.numbers)))  # nothing was given
    plain.extend(told or ())

    def linear(of_numbers: Callable[[Part, Floats], list[Floats]]) -> Floats:
        drawn = [] if column.numbers is None else of_numbers(part, column.numbers)
        drawn += _switches(part, column) if switched is None else switched
        is_code = of_numbers is _stairs or column.numbers is None
        if rates is not None and told is not None and is_code:
            drawn.append(np.log(told[0] / (1 - told[0])) - np.log(rates.mean / (1 - rates.mean)))
        return _stacked(drawn, len(column.texts))

    return Matrices(_stacked(plain, len(column.texts)), lambda: linear(_stairs), lambda: linear(_line))


def _switches(part: Part, column: Column) -> list[Floats]:
    return _with_words(part, column.texts) if part.kind is ColumnKind.TEXT else _switched(part, column)


def _switched(part: Part, column: Column) -> list[Floats]:
    if not part.switches:
        return []
    place = {value: number for number, value in enumerate(column.coded.values)}
    return [(column.coded.places == place.get(text, -1)).astype(np.float64) for text in part.switches]


def _with_words(part: Part, texts: Texts) -> list[Floats]:
    """How long a text is, and a switch a word: whether the text has it."""
    places = {word: place for place, word in enumerate(part.switches, start=1)}
    drawn = np.zeros((1 + len(places), len(texts)))
    for row, text in enumerate(texts):
        words = words_in(text or "")
        drawn[0, row] = np.log1p(len(words))
        for word in words & places.keys():
            drawn[places[word], row] = 1.0
    return list(drawn)


def _stairs(part: Part, numbers: Floats) -> list[Floats]:
    """Missing or not, the height of the step, and one switch a step."""
    step = np.searchsorted(part.borders, np.nan_to_num(numbers, nan=part.middle))
    height = (step - len(part.borders) / 2) / max(len(part.borders), 1)
    first = 0 if len(part.borders) > 1 else 1
    switches = [(step == number).astype(np.float64) for number in range(first, len(part.borders) + 1)]
    return [np.isnan(numbers).astype(np.float64), height, *switches]


def _line(part: Part, numbers: Floats) -> list[Floats]:
    """Missing or not, and how many spreads from the middle."""
    far = np.nan_to_num(numbers, nan=part.middle) - part.middle
    return [np.isnan(numbers).astype(np.float64), np.clip(far / (part.spread or 1.0), -_FARTHEST, _FARTHEST)]


def _plain_width(part: Part) -> int:
    number = part.kind is not ColumnKind.CATEGORY
    if part.kind is ColumnKind.TEXT:
        return 1 + len(part.switches)
    return number + (2 if part.rates is not None else 0 if number else len(part.switches))


def _stacked(drawn: Sequence[Floats], rows: int) -> Floats:
    return np.column_stack(drawn) if drawn else np.empty((rows, 0))


def _joined(parts: Sequence[Matrices]) -> Matrices:
    return Matrices(
        np.hstack([part.plain for part in parts]),
        lambda: np.hstack([part.steps for part in parts]),
        lambda: np.hstack([part.lines for part in parts]),
    )
