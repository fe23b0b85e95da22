"""Columns are known by what they hold."""

import numpy as np
import pytest

from rapport.intelligence.tabular import ColumnKind
from rapport.intelligence.tabular.columns import column_of
from rapport.intelligence.tabular.target import NoTarget, target_of


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (["12", "-3.5", "1e3"], [12, -3.5, 1000]),
        (["1.234", "0,5", "1.234,50"], [1234, 0.5, 1234.5]),
        (["1,234", "0.5", "1,234.50"], [1234, 0.5, 1234.5]),
        (["€ 99", "€ 1\u202f234", "(€ 5)"], [99, 1234, -5]),
        (["12%", "7 %"], [12, 7]),
    ],
)
def test_numbers_are_read_as_the_whole_column_writes_them(texts, numbers):
    column = column_of("Size", texts)

    assert column.kind == ColumnKind.NUMBER
    assert column.numbers.tolist() == numbers


@pytest.mark.parametrize("texts", [["twelve", "two"], ["1.2.3", "1.2.4"], ["inf", "-inf"]])
def test_what_only_looks_like_a_number_is_none(texts):
    assert column_of("Release", texts * 3).kind == ColumnKind.CATEGORY


@pytest.mark.parametrize(
    "days",
    [
        ["2026-01-01", "2026-01-31"],
        ["01/02/2026", "25/02/2026"],
        ["3 févr. 24", "4 mars 24"],
        ["2/3/24 9:05 PM", "2/25/24 1:00 AM"],
        ["2026-01-01 10:00:00", "2026-02-01 11:30:00"],
    ],
)
def test_dates_become_days(days):
    column = column_of("Day", days * 5)

    assert column.kind == ColumnKind.DATE
    assert column.numbers[1] > column.numbers[0]


def test_placeholders_are_nothing():
    column = column_of("Size", ["10", "Select", "N/A", "", None, "30"])

    assert column.kind == ColumnKind.NUMBER
    assert np.isnan(column.numbers[1:5]).all()


def test_numbers_of_rows_and_names_of_rows_teach_nothing():
    assert column_of("Id", [str(row) for row in range(200)]).kind == ColumnKind.IDENTIFIER
    assert column_of("Key", [f"k{row}" for row in range(200)]).kind == ColumnKind.IDENTIFIER
    assert column_of("Lead", [str(90_000 - 37 * row) for row in range(200)]).kind == ColumnKind.IDENTIFIER
    assert column_of("Turnover", [str(row * row * 31 % 900_001) for row in range(200)]).kind == ColumnKind.NUMBER
    assert column_of("Same", ["x"] * 200).kind == ColumnKind.CONSTANT
    assert column_of("Kind", ["a", "b"] * 100).kind == ColumnKind.CATEGORY


def test_the_yes_is_guessed_where_it_is_plain():
    assert target_of("Won", ["Yes", "No", "No", "Yes"]).positive == "Yes"
    assert target_of("Won", ["0", "1", "1", "0"]).positive == "1"
    assert target_of("Stage", ["Won", "Lost", "Open", "Won"], positive="Won").yes.tolist() == [True, False, False, True]


def test_the_yes_is_found_however_it_is_spelled():
    assert target_of("Won", ["Yes", "no", "YES", "No", "Yes"]).yes.tolist() == [True, False, True, False, True]
    assert target_of("Won", ["1.0", "0.0", "0.0", "1.0"], positive="1").yes.tolist() == [True, False, False, True]
    assert target_of("Won", ["1", "0", "0", "1"], positive="true").yes.tolist() == [True, False, False, True]
    assert target_of("Won", ["1", "0", "0", "1"], positive="no").yes.tolist() == [False, True, True, False]


def test_an_answer_that_is_none_is_refused_with_what_is_there():
    with pytest.raises(NoTarget, match="3 different values"):
        target_of("Stage", ["Won", "Lost", "Open"])
    with pytest.raises(NoTarget, match="No row has “Gone”"):
        target_of("Stage", ["Won", "Lost", "Won"], positive="Gone")
