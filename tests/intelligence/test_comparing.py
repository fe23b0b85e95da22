"""How long candidates learn: as long as it helps on cases they did not learn from."""

import numpy as np

from rapport.intelligence.tabular import Column, ColumnKind
from rapport.intelligence.tabular.candidates import Lesson
from rapport.intelligence.tabular.columns import Floats
from rapport.intelligence.tabular.comparing import Cases, Choice, _blend, choose, trial_of
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


def test_what_few_rows_show_where_columns_meet_is_found_by_trees_on_hardly_any_rein():
    dice = np.random.default_rng(5)
    drawn = dice.uniform(0, 1, (3_000, 6))
    corner = (drawn[:, 0] > 0.6) & (drawn[:, 1] > 0.6) & (drawn[:, 2] < 0.5)
    chosen = _choice(drawn, corner, ("lightgbm_regularised", "lightgbm_loose"))

    losses = {one.name: one.log_loss for one in chosen.compared}
    assert losses["lightgbm_loose"] < 0.8 * losses["lightgbm_regularised"]
    assert "lightgbm_loose" in [way.name for way in chosen.ways]


def test_those_are_averaged_that_complete_each_other_and_no_copy_of_the_best():
    dice = np.random.default_rng(6)
    yes = dice.random(4_000) < 0.5
    told = {name: np.where(yes, 1.0, -1.0) + dice.normal(0, 2.0, 4_000) for name in ("one", "other")}
    found = _blend({"one": told["one"], "copy": told["one"] + 1e-9, "other": told["other"]}, yes)

    assert sorted(found)[-1] == "other"
    assert len({"one", "copy"} & set(found)) == 1


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
