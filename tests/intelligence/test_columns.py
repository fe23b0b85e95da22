"""Columns are known by what they hold."""

import numpy as np
import pytest

from rapport.intelligence.tabular import ColumnKind
from rapport.intelligence.tabular.columns import column_of, number_of
from rapport.intelligence.tabular.target import NoTarget, target_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("-3.5", -3.5),
        ("1,234.50", 1234.5),
        ("1.234,50", 1234.5),
        ("1 234,50", 1234.5),
        ("1'234", 1234),
        ("€ 99", 99),
        ("12%", 12),
        ("1e3", 1000),
        ("0,5", 0.5),
        ("12,345", 12345),
        ("twelve", None),
        ("1.2.3", None),
        ("inf", None),
        ("2026-01-02", None),
    ],
)
def test_numbers_are_read_as_people_write_them(text, number):
    assert number_of(text) == number


@pytest.mark.parametrize(
    "days", [["2026-01-01", "2026-01-31"], ["01/02/2026", "25/02/2026"], ["2026-01-01 10:00:00", "2026-02-01 11:30:00"]]
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
    assert column_of("Same", ["x"] * 200).kind == ColumnKind.CONSTANT
    assert column_of("Kind", ["a", "b"] * 100).kind == ColumnKind.CATEGORY


def test_the_yes_is_guessed_where_it_is_plain():
    assert target_of("Won", ["Yes", "No", "No", "Yes"]).positive == "Yes"
    assert target_of("Won", ["0", "1", "1", "0"]).positive == "1"
    assert target_of("Stage", ["Won", "Lost", "Open", "Won"], positive="Won").yes.tolist() == [True, False, False, True]


def test_an_answer_that_is_none_is_refused_with_what_is_there():
    with pytest.raises(NoTarget, match="3 different values"):
        target_of("Stage", ["Won", "Lost", "Open"])
    with pytest.raises(NoTarget, match="No row has “Gone”"):
        target_of("Stage", ["Won", "Lost", "Won"], positive="Gone")
