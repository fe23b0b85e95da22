"""How long candidates learn: as long as it helps on cases they did not learn from."""

import numpy as np

from rapport.intelligence.tabular import Column, ColumnKind
from rapport.intelligence.tabular.candidates import Lesson
from rapport.intelligence.tabular.columns import Floats
from rapport.intelligence.tabular.comparing import Cases, Choice, choose, trial_of
from rapport.intelligence.tabular.design import Matrices
from rapport.intelligence.tabular.measures import Booleans

LIGHT = ("lightgbm",)
LINES = ("straight_lines", "logistic_regression")


def test_noise_is_learned_briefly_and_a_fine_pattern_for_long():
    drawn = np.random.default_rng(2).uniform(0, 1, (3_000, 3))
    fine = np.sin(20 * drawn).sum(axis=1) > 0
    faint = np.random.default_rng(3).random(3_000) < 0.4 + 0.2 * drawn[:, 0]

    assert _length(drawn, fine) == 2.0
    assert _length(drawn, faint) == 0.5


def test_what_goes_straight_is_learned_as_a_straight_line():
    dice = np.random.default_rng(4)
    drawn = np.column_stack([dice.normal(size=2_000), dice.integers(0, 70, 2_000)])
    straight = dice.random(2_000) < 1 / (1 + np.exp(3 - drawn[:, 0] - 0.03 * drawn[:, 1]))
    bent = dice.random(2_000) < 1 / (1 + np.exp(3 - 2 * drawn[:, 0] ** 2))

    assert _choice(drawn, straight, LINES).ways[0].name == "straight_lines"
    assert _choice(drawn, bent, LINES).ways[0].name == "logistic_regression"


def test_more_rows_are_learned_for_more_rounds():
    few, many = (
        Lesson(Matrices(rows, lambda rows=rows: rows, lambda rows=rows: rows), rows[:, 0] > 0, rows[:, 0])
        for rows in (np.ones((1_500, 1)), _rows())
    )

    assert (few.rounds(100), many.rounds(100), many.of_length(0.5).rounds(100)) == (50, 200, 100)


def _rows() -> Floats:
    return np.ones((24_000, 1))


def _length(drawn: Floats, yes: Booleans) -> float:
    return _choice(drawn, yes, LIGHT).ways[0].length


def _choice(drawn: Floats, yes: Booleans, names: tuple[str, ...]) -> Choice:
    columns = tuple(
        Column(f"c{number}", ColumnKind.MEASURE, np.full(len(yes), "0", dtype=object), values)
        for number, values in enumerate(drawn.T)
    )
    cases = Cases(columns, yes, np.ones(len(yes)))
    return choose(cases, trial_of(cases, in_time_order=False, seed=1), seed=1, names=names)
